using Diaspora.Domain.Access;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>How far the portal may go with each source of evidence: an admin chooses, after having seen what it would have done.</summary>
public sealed class TrustService(IStore store, TimeProvider clock)
{
    /// <summary>Those that bring money; a receipt only says that it was sent.</summary>
    public static readonly IReadOnlyList<EvidenceSource> Sources = [EvidenceSource.Statement, EvidenceSource.Biller, EvidenceSource.Webhook];

    /// <summary>How many disagreements are named.</summary>
    private const int Named = 50;

    public Task<IReadOnlyList<TrustRow>> SourcesAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync<IReadOnlyList<TrustRow>>(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            List<TrustRow> rows = [];
            foreach (var source in Sources)
            {
                var trust = await work.Evidence.TrustAsync(source, Now, cancel);
                rows.Add(new TrustRow(
                    source, trust.Level, trust.ChangedAt, trust.ChangedBy is { } by ? await work.Access.NameOfAsync(by, cancel) : null, trust.Why,
                    await work.Kaspi.ShadowAsync(source, trust.CountsFrom, cancel), await work.Kaspi.DisagreementsAsync(source, trust.CountsFrom, Named, cancel)));
            }

            return rows;
        }, cancel);

    /// <summary>Says how far a source is trusted. What it is trusted with already changes nothing.</summary>
    /// <exception cref="DomainException">It has not shown yet that it is right.</exception>
    public Task ChooseAsync(Actor actor, EvidenceSource source, TrustLevel level, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
            if (!Sources.Contains(source) || !Enum.IsDefined(level))
            {
                throw new DomainException(Problems.NotFound);
            }

            var now = Now;
            var trust = await work.Evidence.TrustAsync(source, now, cancel);
            if (trust.Level == level)
            {
                return true;
            }

            var shadow = await work.Kaspi.ShadowAsync(source, trust.CountsFrom, cancel);
            var before = new { source, trust.Level, trust.Why };
            trust.Choose(level, shadow.InARow, admin.Id, now);
            work.Audit.Add(new AuditEntry(actor, AuditAction.TrustChanged, nameof(SourceTrust), IdOf(source), null, before, new { source, trust.Level, shadow.Agreed, shadow.Disagreed, shadow.InARow }, now));
            work.Announce(EvidenceChanged.Of([]));
            return true;
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>A source has no id of its own; the log wants one.</summary>
    private static Guid IdOf(EvidenceSource source) => new((int)source, 0, 0, new byte[8]);
}
