using Diaspora.Domain.Access;

namespace Diaspora.Domain.Members.Accounts;

/// <summary>Asking again whoever agreed to an older wording.</summary>
public sealed class ConsentService(IStore store, HeldRights rights, ConsentTerms terms, TimeProvider clock)
{
    /// <summary>Whether the reader has yet to agree before they see their cabinet. Staff are not kept from their work: they agreed to other terms when they were appointed.</summary>
    public async Task<bool> IsAskedAsync(Actor actor, CancellationToken cancel = default) =>
        await rights.RequireAsync(actor, Permission.Member, cancel) is { Role: Role.Member } reader && terms.IsNewerThan(reader.ConsentVersion);

    /// <summary>What the reader agreed to last, and what they are asked to agree to.</summary>
    public Task<ConsentDetails> DetailsAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var reader = await work.RequireAsync(actor, Permission.Member, cancel);
            var member = await work.Members.FindAsync(reader.Id, cancel) ?? throw new DomainException(Problems.NotFound);
            return new ConsentDetails(terms.Version, member.ConsentVersion, member.ConsentAt, terms.IsNewerThan(member.ConsentVersion));
        }, cancel);

    /// <summary>Agrees. Said twice it is one consent, with the time of the first.</summary>
    /// <param name="version">The wording that was read.</param>
    /// <exception cref="DomainException">There is another wording by now.</exception>
    public Task GiveAsync(Actor actor, string version, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var reader = await work.RequireAsync(actor, Permission.Member, cancel);
            var member = await work.Members.FindAsync(reader.Id, cancel) ?? throw new DomainException(Problems.NotFound);
            if (version != terms.Version)
            {
                throw new DomainException(Problems.ChangedMeanwhile);
            }

            if (!terms.IsNewerThan(member.ConsentVersion))
            {
                return false;
            }

            var before = new { member.ConsentVersion };
            if (member is { ConsentVersion: { } past, ConsentAt: { } givenAt })
            {
                work.Consents.Add(new PastConsent(member.Id, past, givenAt));
            }

            member.Consent(terms.Version, Now);
            work.Audit.Add(new AuditEntry(actor, AuditAction.ConsentGiven, nameof(Member), member.Id, member.Id, before, new { member.ConsentVersion }, Now));
            work.Announce(new MemberChanged(member.Id));
            return true;
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}

/// <param name="Current">The wording that holds now.</param>
/// <param name="Accepted">Missing where somebody else wrote the member down.</param>
/// <param name="IsAsked">What holds now is newer.</param>
public sealed record ConsentDetails(string Current, string? Accepted, DateTime? AcceptedAt, bool IsAsked);
