using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Export;

/// <summary>Which members go into a file.</summary>
/// <param name="Filter">As the list shows them; its page is not looked at.</param>
public sealed record MemberSelection(MemberFilter Filter)
{
    public const int MostIds = 500;

    /// <summary>The most members of a spreadsheet: it is built in memory, a CSV is not.</summary>
    public const int MostSheetRows = 10_000;

    /// <summary>Those that were ticked; where there are none, the filter counts.</summary>
    public IReadOnlyList<Guid> Ids { get; init; } = [];

    /// <summary>Whether each paid month is a column.</summary>
    public bool WithMonths { get; init; } = true;

    /// <summary>For a spreadsheet, which holds no more than <see cref="MostSheetRows"/>.</summary>
    public bool IsSheet { get; init; }

    /// <summary>The address that asked for the file; for the log.</summary>
    public string? Asked { get; init => field = value.Visible(); }
}

/// <summary>A member as a file holds them.</summary>
public sealed record ExportedMember(Guid Id, string Number, string FullName, string Phone, string? Email, string? City, string? Iin, DateOnly? JoinedOn);

/// <summary>A member with all that the ledger is computed from.</summary>
public sealed record ExportFacts(ExportedMember Member, LedgerFacts Ledger);

/// <summary>A member with what <see cref="MemberListing"/> says of them today.</summary>
public sealed record CopiedFacts(ExportedMember Member, bool IsBlocked, Standing Standing, Money Debt);

/// <summary>One line of the file of members.</summary>
/// <param name="Standing">Missing for staff who pay no dues.</param>
/// <param name="Paid">What is confirmed of each month.</param>
public sealed record MemberExportRow(ExportedMember Member, Standing? Standing, Money Debt, IReadOnlyDictionary<Period, Money> Paid);

/// <summary>One payment as a file holds it.</summary>
public sealed record PaymentExportRow(string FullName, string Phone, Period Period, PaymentStatus Status, DateTime? ConfirmedAt);

/// <summary>A file on its way. Its lines are read a part at a time while they are written, so a large file needs no more memory than a small one.</summary>
/// <param name="Members">How many members it is about.</param>
/// <param name="Months">The columns of paid months; none where they are not wanted.</param>
public sealed record ExportParts<TRow>(int Members, IReadOnlyList<Period> Months, IAsyncEnumerable<IReadOnlyList<TRow>> Parts)
{
    /// <summary>Whether the members' IIN is a column. Whoever does not see it on a page does not get it in a file either.</summary>
    public bool WithIin { get; init; }
}

/// <summary>What files of members and payments are read from.</summary>
public interface IExportRepository
{
    /// <summary>Of these members those whose copy is of <paramref name="today"/> and of these settings.</summary>
    /// <param name="rulesAt">When the settings were stored; missing for those of the configuration.</param>
    Task<IReadOnlyDictionary<Guid, CopiedFacts>> CopiedAsync(IReadOnlyList<Guid> ids, DateOnly today, DateTime? rulesAt, CancellationToken cancel = default);

    /// <summary>These members with the facts of their ledgers; who is gone meanwhile is left out.</summary>
    Task<IReadOnlyList<ExportFacts>> MembersAsync(IReadOnlyList<Guid> ids, CancellationToken cancel = default);

    /// <summary>What is confirmed of each of them.</summary>
    Task<ILookup<Guid, PaidMonth>> PaidAsync(IReadOnlyList<Guid> ids, CancellationToken cancel = default);

    /// <summary>Every payment of these members, in their order and oldest month first.</summary>
    Task<IReadOnlyList<PaymentExportRow>> PaymentsAsync(IReadOnlyList<Guid> ids, CancellationToken cancel = default);

    /// <summary>From the earliest month anybody paid to the last; missing where nobody paid anything.</summary>
    Task<PeriodSpan?> PaidMonthsAsync(CancellationToken cancel = default);
}

public static class ExportRepositories
{
    extension(IWork work)
    {
        public IExportRepository Exports => work.Repository<IExportRepository>();
    }
}
