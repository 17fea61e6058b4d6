using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Import;

/// <summary>A line of the list of imports.</summary>
public sealed record ImportListRow(Guid Id, string FileName, int RowCount, ImportState State, string? By, DateTime CreatedAt, DateTime? BookedAt, DateTime? UndoneAt, ImportTotals? Totals);

/// <summary>What one row brings: a member that is new or changed, and the payments of its months.</summary>
/// <param name="Number">The row's <see cref="RowPlace"/>.</param>
/// <param name="MemberId">Whom it is about.</param>
/// <param name="Added">The new member.</param>
/// <param name="Seen">The member that was there, as the plan saw it.</param>
/// <param name="Change">What changes of it; missing when only months are booked.</param>
public sealed record BookedRow(int Number, Guid MemberId, Member? Added, Member? Seen, MemberChange? Change, IReadOnlyList<PaymentIntent> Intents)
{
    /// <summary>Months that become free of dues.</summary>
    public IReadOnlyList<PlannedExemption> Exempt { get; init; } = [];
}

/// <summary>The fields of a member after an import.</summary>
public sealed record MemberChange(string FullName, string? Email, string? City, DateOnly? JoinedOn);

/// <summary>Rows made ready to be written. The transaction then only writes, and holds others up less.</summary>
public interface IPreparedImport;

/// <summary>The staged rows of imports, and what is known of the people in them.</summary>
public interface IImportRepository
{
    /// <summary>Stages a file with all its rows.</summary>
    Task AddAsync(ImportBatch batch, IReadOnlyList<ImportRow> rows, CancellationToken cancel = default);

    Task<ImportBatch?> FindAsync(Guid batchId, CancellationToken cancel = default);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<ImportListRow>> ListAsync(CancellationToken cancel = default);

    /// <summary>In the order of the file.</summary>
    Task<IReadOnlyList<ImportRow>> RowsAsync(Guid batchId, CancellationToken cancel = default);

    /// <summary>Everybody who has one of these phones or one of these names.</summary>
    Task<IReadOnlyList<KnownMember>> KnownAsync(IReadOnlyCollection<PhoneNumber> phones, IReadOnlyCollection<string> nameKeys, CancellationToken cancel = default);

    /// <summary>Which of these member numbers are somebody's.</summary>
    Task<IReadOnlyCollection<MemberNumber>> TakenAsync(IReadOnlyCollection<MemberNumber> numbers, CancellationToken cancel = default);

    /// <summary>Which of these codes an intent has.</summary>
    Task<IReadOnlyCollection<string>> TakenAsync(IReadOnlyCollection<string> codes, CancellationToken cancel = default);
}

/// <summary>Books an import in one go, and takes it away again.</summary>
public interface IImportBookingRepository
{
    /// <summary>Makes all rows ready; writes nothing.</summary>
    IPreparedImport Prepare(Guid batchId, IReadOnlyList<BookedRow> rows, Guid by, DateTime now);

    /// <summary>Writes what was prepared.</summary>
    /// <param name="report">Told how many records are written.</param>
    /// <exception cref="DomainException">Somebody has changed since what the plan was made of.</exception>
    Task BookAsync(IPreparedImport prepared, Action<int> report, CancellationToken cancel = default);

    /// <summary>The name of the first member upon whose import something was built.</summary>
    Task<string?> BuiltOnAsync(Guid batchId, CancellationToken cancel = default);

    /// <summary>Takes away what the batch wrote and puts back what it changed.</summary>
    /// <returns>Everybody who was touched, and one of the intents.</returns>
    /// <exception cref="DomainException">Something that is not looked for was built on it.</exception>
    Task<ImportTouched> UndoAsync(Guid batchId, CancellationToken cancel = default);
}

/// <param name="Changed">Those of them who were there before and whose fields changed.</param>
/// <param name="IntentId">One of the intents, where there are any.</param>
public sealed record ImportTouched(IReadOnlyList<Guid> Members, IReadOnlyList<Guid> Changed, Guid? IntentId);

public static class ImportRepositories
{
    extension(IWork work)
    {
        public IImportRepository Imports => work.Repository<IImportRepository>();

        public IImportBookingRepository ImportBookings => work.Repository<IImportBookingRepository>();
    }
}
