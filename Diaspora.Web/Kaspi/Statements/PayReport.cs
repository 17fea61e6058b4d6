using Diaspora.Domain.Import;
using Diaspora.Domain.Kaspi;

namespace Diaspora.Web.Kaspi.Statements;

/// <summary>The report of operations of Kaspi Pay: a table whose head begins with «#».</summary>
internal static class PayReport
{
    public static bool IsHeader(SheetRow row) =>
        row[0].Trim() == "#" && Place(row, "Дата операции") is not null && Place(row, "Тип операции") is not null && Place(row, "Сумма операции") is not null;

    /// <summary>Nothing where it is no such report.</summary>
    public static TableColumns? ColumnsOf(IReadOnlyList<SheetRow> rows)
    {
        var head = rows.Take(ImportLimits.HeaderRows).FirstOrDefault(IsHeader);
        return head is null ? null : new TableColumns(
            head.Number,
            Place(head, "Дата операции")!.Value,
            Place(head, "Время"),
            Place(head, "Сумма операции"),
            Kind: Place(head, "Тип операции"),
            Payer: Place(head, "ФИО покупателя") ?? Place(head, "Покупатель"),
            Message: Place(head, "Детали покупки"),

            // Where the report has it, it is the number that the payer's receipt shows.
            Operation: Place(head, "Номер операции") ?? Place(head, "Номер заказа"));
    }

    private static int? Place(SheetRow head, string beginning)
    {
        var folded = Cells.Fold(beginning);
        for (var column = 0; column < head.Cells.Count; column++)
        {
            if (Cells.Fold(head[column]).StartsWith(folded, StringComparison.Ordinal))
            {
                return column;
            }
        }

        return null;
    }
}
