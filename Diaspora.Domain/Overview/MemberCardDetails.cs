using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Overview;

/// <summary>All that staff know of one member.</summary>
/// <param name="Tiles">Every month of every year from joining or the first payment to the last that may be paid; empty without a ledger.</param>
/// <param name="Payments">Newest month first.</param>
/// <param name="Log">The last entries about the member and their payments, newest first.</param>
public sealed record MemberCardDetails(
    MemberCard Card,
    Standing Standing,
    Period Current,
    Period? JoinedIn,
    Money Debt,
    IReadOnlyList<MonthTile> DebtMonths,
    IReadOnlyList<MonthTile> Tiles,
    IReadOnlyList<HistoryRow> Payments,
    IReadOnlyList<CreditRow> Credits,
    IReadOnlyList<NoteRow> Notes,
    IReadOnlyList<AuditRow> Log)
{
    /// <summary>What they were told by the portal, the newest first.</summary>
    public IReadOnlyList<MessageRow> Messages { get; init; } = [];
}

/// <summary>What stands behind one tile.</summary>
/// <param name="Payments">Of this month, newest first.</param>
/// <param name="Intervals">The exemptions and suspensions that cover it.</param>
/// <param name="CanPay">Whether its member may set out to pay it now.</param>
public sealed record MonthDetails(MonthTile Tile, IReadOnlyList<HistoryRow> Payments, IReadOnlyList<IntervalRow> Intervals, DateOnly? Deadline, bool CanPay);
