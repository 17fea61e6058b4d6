using System.Globalization;
using System.Text;
using ClosedXML.Excel;

namespace Diaspora.Tests.Kaspi;

/// <summary>One month's money in each form that a bank gives it.</summary>
public static class StatementFiles
{
    private const string Seller = "061240001234";
    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru-RU");
    private static readonly string[] PayHead =
    [
        "#", "Номер заказа (ID/RRN)", "№ документа покупки/возврата", "Дата операции", "Время", "Дата учета операции", "Тип операции", "Тип оплаты", "Сумма операции (т)",
        "Сумма к зачислению/ списанию (т)", "Комиссия за операции (т)", "Номер карты", "Детали покупки", "Номер операции", "ФИО покупателя",
    ];

    public static Encoding Cyrillic => CodePagesEncodingProvider.Instance.GetEncoding(1251)!;

    public static byte[] Gold(params IReadOnlyList<StatementEntry> entries) => new GoldFile().Draw(entries);

    /// <summary>What went out is a refund there.</summary>
    public static byte[] PayCsv(IReadOnlyList<StatementEntry> entries, char separator = ';', Encoding? encoding = null) =>
        (encoding ?? Encoding.UTF8).GetBytes(string.Join("\r\n", PayRows(entries).Select(row => string.Join(separator, row.Select(cell => cell.Contains(separator, StringComparison.Ordinal) ? $"\"{cell}\"" : cell)))));

    /// <param name="isTyped">Days, times and sums as a spreadsheet's own; else as text.</param>
    public static byte[] PayXlsx(IReadOnlyList<StatementEntry> entries, bool isTyped = false)
    {
        using var book = new XLWorkbook();
        var sheet = book.AddWorksheet("Отчёт");
        var number = 0;
        var left = entries.Count - PayRows(entries).Count;
        foreach (var row in PayRows(entries))
        {
            number++;
            for (var column = 0; column < row.Length; column++)
            {
                var cell = sheet.Cell(number, column + 1);
                if (isTyped && number + left > 0 && column is 3 or 4 or 8 && entries[number + left - 1] is var entry && isTyped)
                {
                    cell.Value = column == 3 ? entry.On.ToDateTime(TimeOnly.MinValue) : column == 4 ? entry.At.ToTimeSpan() : entry.Tiyn / 100.0;
                    continue;
                }

                cell.DataType = XLDataType.Text;
                cell.SetValue(row[column]);
            }
        }

        using var file = new MemoryStream();
        book.SaveAs(file);
        return file.ToArray();
    }

    public static byte[] OneC(IReadOnlyList<StatementEntry> entries, Encoding? encoding = null, long opening = 100_000, string account = "KZ28722C000012345678", string? otherAccount = null, long wrongTotal = 0, long wrongClosing = 0)
    {
        var (came, went) = (entries.Where(entry => entry.Tiyn > 0).Sum(entry => entry.Tiyn), -entries.Where(entry => entry.Tiyn < 0).Sum(entry => entry.Tiyn));
        var text = new StringBuilder();
        text.AppendLine("1CClientBankExchange").AppendLine("ВерсияФормата=1.01").AppendLine("Кодировка=Windows").AppendLine("Отправитель=Kaspi Business");
        text.AppendLine(Russian, $"ДатаНачала={entries.Min(entry => entry.On):dd.MM.yyyy}").AppendLine(Russian, $"ДатаКонца={entries.Max(entry => entry.On):dd.MM.yyyy}").AppendLine($"РасчСчет={account}");
        text.AppendLine("СекцияРасчСчет").AppendLine($"РасчСчет={account}").AppendLine($"НачальныйОстаток={Dot(opening)}").AppendLine($"ВсегоПоступило={Dot(came + wrongTotal)}");
        text.AppendLine($"ВсегоСписано={Dot(went)}").AppendLine($"КонечныйОстаток={Dot(opening + came - went + wrongClosing)}").AppendLine("КонецРасчСчет");
        if (otherAccount is not null)
        {
            text.AppendLine("СекцияРасчСчет").AppendLine($"РасчСчет={otherAccount}").AppendLine("КонецРасчСчет");
        }

        foreach (var (index, entry) in entries.Index())
        {
            // As banks do it: capitals here and there, and a purpose over two lines.
            text.AppendLine(index % 2 == 0 ? "СекцияДокумент=Платежное поручение" : "СЕКЦИЯДОКУМЕНТ=Платежное поручение");
            text.AppendLine($"НомерДокумента={entry.Operation}").AppendLine(Russian, $"ДатаОперации={entry.On:dd.MM.yyyy} {entry.At:HH:mm:ss}");
            text.AppendLine(entry.Tiyn > 0 ? $"СуммаПриход={Dot(entry.Tiyn)}" : $"СуммаРасход={Dot(-entry.Tiyn)}");
            text.AppendLine($"ПлательщикНаименование={entry.Payer}").AppendLine("ПлательщикБИН_ИИН=").AppendLine($"НазначениеПлатежа={entry.Message}");
            text.AppendLine("КонецДокумента");
        }

        return (encoding ?? Encoding.UTF8).GetBytes(text.AppendLine("КонецФайла").ToString());
    }

    /// <summary>A table of one's own, as text: heads that a person has to name, or to agree with.</summary>
    public static byte[] Table(IReadOnlyList<StatementEntry> entries, string head = "Дата;Время;Сумма;Плательщик;Сообщение;Номер операции", Encoding? encoding = null) =>
        (encoding ?? Encoding.UTF8).GetBytes(string.Join('\n', entries
            .Select(entry => $"{entry.On:dd.MM.yyyy};{entry.At:HH\\:mm};{(entry.Tiyn < 0 ? "- " : "+ ")}{(Math.Abs(entry.Tiyn) / 100m).ToString("N2", Russian)} {(encoding is null ? "₸" : "тг")};{entry.Payer};{entry.Message};{entry.Operation}").Prepend(head)));

    private static List<string[]> PayRows(IReadOnlyList<StatementEntry> entries)
    {
        List<string[]> rows =
        [
            ["Отчёт по операциям Kaspi Pay"],
            [$"ИИН/БИН: {Seller}"],
            [string.Create(Russian, $"Период: с {entries.Min(entry => entry.On):dd.MM.yyyy} по {entries.Max(entry => entry.On):dd.MM.yyyy}")],
            PayHead,
        ];
        foreach (var (index, entry) in entries.Index())
        {
            rows.Add(
            [
                (index + 1).ToString(CultureInfo.InvariantCulture), $"70{entry.Operation}", $"{index + 1}", entry.On.ToString("dd.MM.yyyy", Russian), entry.At.ToString("HH:mm:ss", Russian),
                entry.On.ToString("dd.MM.yyyy", Russian), entry.Tiyn > 0 ? "Покупка" : "Возврат", "Kaspi Gold", (Math.Abs(entry.Tiyn) / 100m).ToString("N2", Russian),
                (entry.Tiyn / 100m).ToString("N2", Russian), "-19,00", "**** 1234", entry.Message, entry.Operation, entry.Payer,
            ]);
        }

        return rows;
    }

    private static string Dot(long tiyn) => (tiyn / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
