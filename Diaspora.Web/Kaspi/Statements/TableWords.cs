using Diaspora.Domain.Import;
using Diaspora.Domain.Kaspi;

namespace Diaspora.Web.Kaspi.Statements;

/// <summary>Knows the columns of a statement by their heads in Russian, Kazakh and English. What it finds is a guess that a person looks at.</summary>
internal static class TableWords
{
    private enum Field
    {
        Day,
        Time,
        Sum,
        In,
        Out,
        Kind,
        Payer,
        Message,
        Operation,
    }

    /// <summary>How a head begins, its letters and digits alone; the likelier ones first, for of two columns that seem to mean the same the likelier is taken.</summary>
    private static readonly (Field Field, string[] Beginnings)[] Words =
    [
        (Field.Day, ["датаивремя", "датаоперации", "датаплатежа", "датапоступления", "датапроведения", "датадокумента", "дата", "күнімен", "операциякүні", "төлемкүні", "күні", "dateandtime", "datetime", "operationdate", "transactiondate", "paymentdate", "date"]),
        (Field.Time, ["времяоперации", "время", "операцияуақыты", "уақыты", "уақыт", "time"]),
        (Field.Sum, ["суммаоперации", "суммаплатежа", "суммавтенге", "сумма", "операциясомасы", "төлемсомасы", "сомасы", "сома", "amount", "sum", "total"]),
        (Field.In, ["суммаприход", "суммакредит", "суммазачисл", "приход", "поступ", "зачисл", "кредит", "кіріс", "түсім", "түскен", "credit", "incoming", "received", "paidin", "deposit"]),
        (Field.Out, ["суммарасход", "суммадебет", "суммасписан", "расход", "списан", "дебет", "шығыс", "есептеншығар", "debit", "outgoing", "paidout", "withdrawal"]),
        (Field.Kind, ["типоперации", "видоперации", "приходрасход", "операциятүрі", "операция", "transactiontype", "operationtype", "transaction", "type"]),
        (Field.Payer, ["фиоплательщика", "фиопокупателя", "фиоотправителя", "наименованиеплательщика", "плательщик", "отправитель", "покупатель", "откого", "контрагент", "корреспондент", "фио", "клиент", "төлеуші", "жіберуші", "сатыпалушы", "аты", "payer", "sender", "from", "counterparty", "name", "имя", "наименование"]),
        (Field.Message, ["назначение", "сообщение", "комментарий", "детали", "описание", "примечание", "төлеммақсаты", "тағайындалуы", "мақсаты", "хабарлама", "түсініктеме", "толығырақ", "purpose", "message", "comment", "details", "description", "note", "reference"]),
        (Field.Operation, ["номероперации", "номерзаказа", "номертранзакции", "номерплатежа", "номердокумента", "номерчека", "номерквитанции", "документа", "операциянөмірі", "төлемнөмірі", "құжатнөмірі", "operationnumber", "operationid", "transactionid", "transactionnumber", "paymentid", "documentnumber", "receiptnumber", "idrrn", "rrn"]),
    ];

    /// <summary>Heads that begin like another and mean something else.</summary>
    private static readonly string[] Others = ["датаучета", "суммакзачислению", "суммакомиссии", "комиссия", "счет", "бин", "иин", "банк", "типоплаты", "остаток", "баланс", "қалдық"];

    /// <summary>How many columns of a row are known, were it the head.</summary>
    public static int Known(IReadOnlyList<string> cells) => cells.Select(MeaningOf).Where(meaning => meaning is not null).Select(meaning => meaning!.Value.Field).Distinct().Count();

    /// <summary>Whether a row is surely the head: a day, a sum and something besides.</summary>
    public static bool IsHeader(SheetRow row) => PayReport.IsHeader(row) || (Known(row.Cells) > 2 && Guess(row.Number, [row]) is not null);

    /// <summary>The table as a person is asked about it.</summary>
    public static UnnamedTable Unnamed(IReadOnlyList<SheetRow> rows)
    {
        var top = rows.Take(ImportLimits.HeaderRows).ToList();
        var guess = Enumerable.Range(0, top.Count)
            .SelectMany(index => index + 1 < top.Count ? new SheetRow[][] { [top[index]], [top[index], top[index + 1]] } : [[top[index]]])
            .Select(head => (Known: head.Max(row => Known(row.Cells)), Both: head.Length, Columns: Guess(head[^1].Number, head)))
            .Where(found => found.Columns is not null)
            .OrderByDescending(found => CountOf(found.Columns!)).ThenBy(found => found.Both)
            .FirstOrDefault().Columns;
        var head = top.Find(row => row.Number == guess?.HeaderRow) ?? top.Find(row => row.Cells.Count(cell => cell.Length > 0) > 1);
        var from = head is null ? 0 : Math.Max(0, top.IndexOf(head) - 2);
        return new UnnamedTable(
            head is null ? "" : string.Join('|', head.Cells.Select(Cells.Fold)),
            [.. rows.Skip(from).Take(UnnamedTable.Shown).Select(row => new TableRow(row.Number, row.Cells))],
            guess);
    }

    private static int CountOf(TableColumns columns) =>
        new[] { columns.Day, columns.Time, columns.Sum, columns.In, columns.Out, columns.Kind, columns.Payer, columns.Message, columns.Operation }.Count(column => column is not null);

    /// <summary>What the heads say, of one row or of two that belong together: the lower one is more exact. Nothing without a day or a sum.</summary>
    public static TableColumns? Guess(int headerRow, IReadOnlyList<SheetRow> head)
    {
        Dictionary<Field, (int Rank, int Column)> found = [];
        for (var column = 0; column < head.Max(row => row.Cells.Count); column++)
        {
            var at = column;
            if (head.Reverse().Select(row => MeaningOf(row[at])).FirstOrDefault(meaning => meaning is not null) is { } meaning
                && (!found.TryGetValue(meaning.Field, out var before) || meaning.Rank < before.Rank))
            {
                found[meaning.Field] = (meaning.Rank, column);
            }
        }

        if (Of(Field.Day) is not { } day || (Of(Field.Sum) ?? Of(Field.In)) is null)
        {
            return null;
        }

        // The sum that both ways share stands above them in a head of two rows.
        var hasBoth = found.ContainsKey(Field.In);
        var (payer, message) = (Of(Field.Payer), Of(Field.Message));
        if (payer is null && message is { } details && head[^1][details] is { Length: > 0 } text && Cells.Fold(text) is "детали" or "толығырақ" or "details")
        {
            // In Kaspi's own tables the details are whoever sent it.
            (payer, message) = (details, null);
        }

        return new TableColumns(headerRow, day, Of(Field.Time), hasBoth ? null : Of(Field.Sum), Of(Field.In), hasBoth ? Of(Field.Out) : null, Of(Field.Kind), payer, message, Of(Field.Operation));

        int? Of(Field field) => found.TryGetValue(field, out var place) ? place.Column : null;
    }

    private static (Field Field, int Rank)? MeaningOf(string head)
    {
        // A head is a few words; a cell that is longer is none.
        var key = head.Length > 60 ? "" : string.Concat(Cells.Fold(head).Where(char.IsLetterOrDigit));
        if (key.Length == 0 || Array.Exists(Others, other => key.StartsWith(other, StringComparison.Ordinal)))
        {
            return null;
        }

        if (key == "id")
        {
            return (Field.Operation, int.MaxValue);
        }

        (Field Field, int Rank, int Length)? best = null;
        foreach (var (field, beginnings) in Words)
        {
            for (var rank = 0; rank < beginnings.Length; rank++)
            {
                if (key.StartsWith(beginnings[rank], StringComparison.Ordinal) && beginnings[rank].Length > (best?.Length ?? 0))
                {
                    best = (field, rank, beginnings[rank].Length);
                }
            }
        }

        return best is { } known ? (known.Field, known.Rank) : null;
    }
}
