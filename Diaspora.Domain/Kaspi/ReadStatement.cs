namespace Diaspora.Domain.Kaspi;

/// <summary>What a statement's file is. The numbers are stored.</summary>
public enum StatementFormat
{
    /// <summary>The PDF that the Kaspi app makes of a Gold card.</summary>
    GoldPdf = 0,

    /// <summary>The operations report of Kaspi Pay, as a workbook or as text.</summary>
    PayReport = 1,

    /// <summary><c>1CClientBankExchange</c>.</summary>
    OneC = 2,

    /// <summary>Any other table, with columns that a cashier named.</summary>
    Table = 3,
}

/// <summary>What a line of a statement is to the association.</summary>
public enum LineKind
{
    /// <summary>Money that somebody sent.</summary>
    Incoming,

    /// <summary>It went out, or was spent.</summary>
    Outgoing,

    /// <summary>Money that the association gave back, or a purchase that was returned to it.</summary>
    Refund,

    /// <summary>It came in and is nobody's due: from one's own account, a cash machine, a loan, or a day's sales in one sum.</summary>
    NotOurs,
}

/// <summary>One line of a statement as it was read.</summary>
/// <param name="Number">Its place in the file, from 1: a row of a table, a dated row of a PDF, a section of a 1C file.</param>
/// <param name="On">The local day of the operation.</param>
/// <param name="At">The local time, where the statement has it.</param>
/// <param name="Tiyn">In tiyn, as it came; never negative: <paramref name="Kind"/> says which way.</param>
/// <param name="Payer">Whoever sent it, as written; empty where the statement does not say.</param>
/// <param name="Message">What the payer or the bank wrote besides.</param>
/// <param name="Operation">The bank's number of it, where there is one.</param>
/// <param name="Raw">The piece of the file it was read from, with the cells set apart by tabs.</param>
public sealed record StatementLine(int Number, DateOnly On, TimeOnly? At, LineKind Kind, long Tiyn, string Payer, string Message, string? Operation, string Raw);

/// <summary>A statement that was read whole, and whose own totals were met.</summary>
/// <param name="Account">Whose it is as far as the file says: the card's last digits, an account, the seller's number.</param>
/// <param name="From">The first day of its period, as the file says or else as its lines do.</param>
/// <param name="Lines">All lines in the order of the file.</param>
/// <param name="StatedIncomingTiyn">The file's own total of what came in; missing where it has none.</param>
public sealed record ReadStatement(StatementFormat Format, string? Account, DateOnly From, DateOnly To, IReadOnlyList<StatementLine> Lines, long? StatedIncomingTiyn)
{
    /// <summary>What came in by the lines, dues or not.</summary>
    public long IncomingTiyn => Lines.Where(line => line.Kind is LineKind.Incoming or LineKind.NotOurs).Sum(line => line.Tiyn);
}
