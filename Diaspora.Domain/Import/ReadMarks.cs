namespace Diaspora.Domain.Import;

/// <summary>The months of one row: what is paid, what was asked of it and what is left to ask.</summary>
internal sealed class ReadMarks
{
    private readonly SheetRow _row;
    private readonly Period _last;
    private readonly IReadOnlyDictionary<string, ImportAnswer> _answers;
    private readonly DateOnly? _today;
    private readonly Action<CellProblem> _refuse;

    /// <param name="refuse">Told what is wrong with a cell.</param>
    public ReadMarks(SheetRow row, IReadOnlyList<ImportColumn> columns, Period last, IReadOnlyDictionary<string, ImportAnswer> answers, DateOnly? today, Action<CellProblem> refuse)
    {
        (_row, _last, _answers, _today, _refuse) = (row, last, answers, today, refuse);
        foreach (var column in columns)
        {
            if (column is { Field: ImportField.Month, Month: { } month } && row.Mark(column.Index) is { Length: > 0 } text && !row.Faults.ContainsKey(column.Index))
            {
                Read(column.Index, month, text);
            }
        }
    }

    public List<PaidMark> Paid { get; } = [];

    public List<AskedCell> Asked { get; } = [];

    public List<string> Beside { get; } = [];

    /// <summary>One question for a sum, however it was written.</summary>
    public static string WordOf(Money sum) => $"={sum.Tenge}";

    private void Read(int column, Period month, string text)
    {
        var isColour = CellColour.IsOne(text);
        ImportMark mark = default;
        if (isColour || ImportMark.Read(text, out mark) is not null)
        {
            var word = isColour ? text : ImportMark.WordOf(text);
            Asked.Add(new AskedCell(word, text.Trim(), _row.Number, column, month));
            if (!_answers.TryGetValue(word, out var answer))
            {
                _refuse(new CellProblem(column, isColour ? new Problem(Problems.ImportColourUnknown) : new Problem(Problems.ImportMarkUnknown, text.Trim())));
                return;
            }

            Answered(column, month, answer, text.Trim(), default);
            return;
        }

        if (mark.Beside is { } beside)
        {
            Beside.Add(beside);
        }

        if (mark.On > _today)
        {
            _refuse(new CellProblem(column, new Problem(Problems.ImportDayAhead, text.Trim())));
        }
        else if (mark.Amount is { } sum && _answers.TryGetValue(WordOf(sum), out var said))
        {
            Asked.Add(new AskedCell(WordOf(sum), text.Trim(), _row.Number, column, month, sum));
            Answered(column, month, said, text.Trim(), mark);
        }
        else if (mark.IsPaid)
        {
            Take(new PaidMark(month, mark.Amount, column) { On = mark.On, IsSumAsFound = mark.Amount is not null });
        }
    }

    private void Answered(int column, Period month, ImportAnswer answer, string text, ImportMark mark)
    {
        switch (answer.Meaning)
        {
            case ImportMeaning.Paid:
                Take(new PaidMark(month, null, column) { On = mark.On });
                break;
            case ImportMeaning.Sum:
                Take(new PaidMark(month, answer.Tenge is { } tenge ? new Money(tenge) : mark.Amount, column) { On = mark.On });
                break;
            case ImportMeaning.Ahead:
                Take(new PaidMark(month, mark.Amount, column) { On = mark.On, IsAhead = mark.Amount is not null });
                break;
            case ImportMeaning.Exempt:
                Paid.Add(new PaidMark(month, null, column) { Place = _row.Number, Exempt = CellColour.IsOne(text) ? CellColour.HexOf(text) : text });
                break;
        }
    }

    private void Take(PaidMark mark)
    {
        if (mark.Month > _last)
        {
            _refuse(new CellProblem(mark.Column, new Problem(Problems.ImportMonthTooFar, _last)));
        }
        else
        {
            Paid.Add(mark with { Place = _row.Number });
        }
    }
}
