using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Members;

/// <summary>Keeps <see cref="MemberListing"/>. The store refreshes those of the members that a verb has changed.</summary>
public interface IMemberListingRepository
{
    /// <summary>Some of those whose copy is missing, of another day, or computed with other settings.</summary>
    Task<IReadOnlyList<Guid>> StaleAsync(DateOnly today, DateTime? rulesAt, int count, CancellationToken cancel = default);

    /// <summary>Computes them anew and saves.</summary>
    Task RefreshAsync(IReadOnlyCollection<Guid> memberIds, SettingsSnapshot settings, DateTime nowUtc, CancellationToken cancel = default);
}
