using System.Globalization;
using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Pdf;

namespace Diaspora.Web.Kaspi.Statements;

/// <summary>
/// Reads the PDF that the Kaspi app makes of a Gold card, in both layouts: that of 2022–24, and that of 2025–26, which begins with a certificate. Cells are cut at the places
/// of the words of the head, for the text of neighbouring cells is glued; and both totals of the file must be met, so that no row is lost.
/// </summary>
internal sealed class GoldReader
{
    /// <summary>An operation is centred below its head, and longer than it.</summary>
    private const double OperationBefore = 38;

    /// <summary>Fewer signs in a whole file are a stamp upon a picture.</summary>
    private const int LeastText = 20;

    private readonly List<GoldRow> _rows = [];
    private readonly List<string> _head = [];
    private (double Operation, double Details) _cuts;
    private bool _isInTable;
    private bool _isNote;
    private int _signs;
    private bool _hasMargin;
    private bool _hasRow;

    /// <exception cref="DomainException">It is none, or it is not whole.</exception>
    public ReadStatement ToStatement() =>
        _signs < LeastText ? throw new DomainException(Problems.StatementNoText)
        : _isInTable && _head.Exists(GoldWords.Period().IsMatch) ? new GoldTotals(_head).Meet(_rows)
        : throw new DomainException(_isInTable || (_hasMargin && _hasRow) ? Problems.StatementHeadMissing : Problems.StatementUnknown);

    /// <summary>Each row of the file, in order.</summary>
    /// <exception cref="DomainException">It begins like a line and is not understood.</exception>
    public void Take(TextRow row)
    {
        _signs += row.Text.Length;
        var head = GoldWords.Heads.FirstOrDefault(head => Stands(row, head));
        if (head is not null)
        {
            _isInTable = true;
            _cuts = (row.LeftOf(head.Operation)!.Value - OperationBefore, row.LeftOf(head.Details)!.Value - 2);
        }
        else if (GoldWords.Beside().IsMatch(row.Text))
        {
            _hasMargin = true;
        }
        else if (GoldWords.Period().IsMatch(row.Text) || (_head.Count > 0 && (!_isInTable || GoldWords.Balance().IsMatch(row.Text) || GoldWords.Card().IsMatch(row.Text))))
        {
            _head.Add(row.Text);
        }
        else if (!_isInTable)
        {
            // The certificate on the first page: whose it is, and what else he has. Or the first page is not there.
            _hasRow |= GoldWords.Row().IsMatch(row.Text);
        }
        else if (GoldWords.Dated().IsMatch(row.Text))
        {
            _isNote = false;
            TakeDated(row);
        }
        else if (_isNote || GoldWords.Note().IsMatch(row.Text))
        {
            _isNote = true;
        }
        else if (_rows.Count > 0)
        {
            Continue(row);
        }
    }

    private static bool Stands(TextRow row, GoldWords.Head head) =>
        row.LeftOf(head.Day) is { } day && row.LeftOf(head.Sum) is { } sum && row.LeftOf(head.Operation) is { } operation && row.LeftOf(head.Details) is { } details
        && day < sum && sum < operation && operation < details && !row.Text.AsSpan().ContainsAnyInRange('0', '9');

    private void TakeDated(TextRow row)
    {
        var match = GoldWords.Row().Match(row.Text);
        if (!match.Success || !Cells.TryDay(match.Groups["day"].Value, out var day, out _) || !Cells.TrySum(match.Groups["sum"].Value, out var tiyn))
        {
            throw Unknown(row);
        }

        var cell = row.Between(_cuts.Operation, _cuts.Details);
        var details = row.Between(_cuts.Details, double.PositiveInfinity);
        if (GoldWords.OperationOf(cell) is { } whole && whole.Length == cell.Count(sign => sign != ' '))
        {
            _rows.Add(new GoldRow(_rows.Count + 1, day, tiyn, whole.Operation, match.Groups["day"].Value, match.Groups["sum"].Value, cell, details));
            return;
        }

        // Where the details begin further left than their head, the operation's name tells where they do.
        var rest = row.Between(_cuts.Operation, double.PositiveInfinity);
        if (GoldWords.OperationOf(rest) is not { } begun)
        {
            throw Unknown(row);
        }

        var (name, after, place) = row.SplitAfter(_cuts.Operation, begun.Length);
        if (place is { } left)
        {
            _cuts = _cuts with { Details = left - 1 };
        }

        _rows.Add(new GoldRow(_rows.Count + 1, day, tiyn, begun.Operation, match.Groups["day"].Value, match.Groups["sum"].Value, name, after));
    }

    /// <summary>The row above goes on, even over the end of a page.</summary>
    private void Continue(TextRow row)
    {
        var cell = row.Between(_cuts.Operation, _cuts.Details);
        var details = row.Between(_cuts.Details, double.PositiveInfinity);
        var before = row.Between(double.NegativeInfinity, _cuts.Operation);
        _rows[^1].Go(before, GoldWords.Ends(cell) ? cell : "", GoldWords.Ends(cell) ? details : $"{cell} {details}".Trim());
    }

    private DomainException Unknown(TextRow row) => new(Problems.StatementRowUnknown, _rows.Count + 1, row.Text.Length > 80 ? row.Text[..80] : row.Text);
}

/// <summary>A dated row of a Gold statement, with the rows that continue it.</summary>
internal sealed class GoldRow(int number, DateOnly day, long tiyn, GoldOperation operation, string writtenDay, string writtenSum, string name, string details)
{
    private string _name = name;
    private string _details = details;
    private string _foreign = "";

    /// <summary>Signed.</summary>
    public long Tiyn => tiyn;

    public GoldOperation Operation => operation;

    /// <summary>Longer than any details are.</summary>
    private const int Longest = 2000;

    public void Go(string before, string name, string details)
    {
        if (_details.Length < Longest && _foreign.Length < Longest && _name.Length < Longest)
        {
            _foreign = $"{_foreign} {before}".Trim();
            _name = $"{_name} {name}".Trim();
            _details = $"{_details} {details}".Trim();
        }
    }

    public StatementLine ToLine()
    {
        var details = GoldWords.Foreign().Replace(_details, " ").Trim();
        var kind = GoldWords.KindOf(operation, tiyn, details);
        var (payer, message) = operation == GoldOperation.TopUp && tiyn > 0 ? Words.Split(details) : ("", details);
        return new StatementLine(number, day, null, kind, Math.Abs(tiyn), payer, message, null, string.Create(CultureInfo.InvariantCulture, $"{writtenDay}\t{writtenSum} ₸\t{_name}\t{_details} {_foreign}").Trim());
    }
}
