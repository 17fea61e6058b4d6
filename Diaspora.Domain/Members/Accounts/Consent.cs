namespace Diaspora.Domain.Members.Accounts;

/// <summary>Which wording of the consent people agree to now; kept with the time in each member.</summary>
/// <param name="Version">The month or the day of the wording: <c>2026-11</c> or <c>2026-11-28</c>.</param>
public sealed record ConsentTerms(string Version)
{
    /// <summary>Whether somebody who agreed to <paramref name="accepted"/> has yet to agree to this one.</summary>
    public bool IsNewerThan(string? accepted) => string.CompareOrdinal(Version, accepted) > 0;
}

/// <summary>What a member agreed to before they agreed to what stands in their own row.</summary>
public sealed class PastConsent
{
    private PastConsent()
    {
    }

    public PastConsent(Guid memberId, string version, DateTime givenAt) => (MemberId, Version, GivenAt) = (memberId, version, givenAt);

    public Guid MemberId { get; private set; }

    public string Version { get; private set; } = "";

    public DateTime GivenAt { get; private set; }
}

public interface IConsentRepository
{
    void Add(PastConsent consent);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<PastConsent>> OfMemberAsync(Guid memberId, CancellationToken cancel = default);
}

public static class ConsentRepositories
{
    extension(IWork work)
    {
        public IConsentRepository Consents => work.Repository<IConsentRepository>();
    }
}
