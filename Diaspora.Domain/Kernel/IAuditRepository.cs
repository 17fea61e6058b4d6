using System.Text.Json;

namespace Diaspora.Domain.Kernel;

public interface IAuditRepository
{
    /// <summary>More of one thing nobody reads.</summary>
    const int MostOfOne = 100;

    /// <summary>Kept until the store numbers and writes it, last before the commit.</summary>
    void Add(AuditEntry entry);

    Task<Page<AuditRow>> PageAsync(AuditFilter filter, CancellationToken cancel = default);

    /// <summary>What was done to one thing, oldest first: the newest <see cref="MostOfOne"/>. Signing in is nothing that is done to a member.</summary>
    Task<IReadOnlyList<AuditRow>> OfAsync(Guid entityId, CancellationToken cancel = default);

    /// <summary>The last entries about a member or about one of <paramref name="entityIds"/>, newest first. Who signed in is left to the log itself.</summary>
    Task<IReadOnlyList<AuditRow>> AboutMemberAsync(Guid memberId, IReadOnlyCollection<Guid> entityIds, int count, CancellationToken cancel = default);
}

/// <param name="Action">Only this action.</param>
/// <param name="Search">A part of the name of who did it or whom it was about, in any spelling.</param>
/// <param name="IsOldestFirst">From the first entry on instead of from the last one back.</param>
public sealed record AuditFilter(AuditAction? Action = null, string? Search = null, int Number = 1, bool IsOldestFirst = false)
{
    public const int Size = 50;

    public string? Search { get; init => field = VisibleText.Search(value); } = VisibleText.Search(Search);
}

/// <param name="Actor">Missing for a visitor or a background task.</param>
public sealed record AuditRow(
    long Id, DateTime CreatedAt, AuditAction Action, string? Actor, string? Subject, string? SubjectNumber,
    string EntityType, Guid EntityId, string? BeforeJson, string? AfterJson, string? Ip, string? UserAgent)
{
    /// <summary>Whether the field was one thing before and is another after.</summary>
    public bool Changed(string field) => ValueOf(BeforeJson, field) != ValueOf(AfterJson, field);

    private static string? ValueOf(string? json, string field)
    {
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind != JsonValueKind.Object ? null
            : document.RootElement.EnumerateObject().Where(property => property.Name.Equals(field, StringComparison.OrdinalIgnoreCase)).Select(property => property.Value.ToString()).FirstOrDefault();
    }
}
