using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Kaspi;

/// <summary>How far money of a known payer is booked at once. Each is less than the one before, and stands in less ways.</summary>
internal enum Reach
{
    /// <summary>For the intent it was sent for.</summary>
    Intent,

    /// <summary>For the payer's oldest months; what is left is their credit.</summary>
    Months,

    /// <summary>Only kept: a person, or the next look at what waits, says what it is for.</summary>
    Kept,
}

/// <summary>Money that came with a number of ours. It is taken already, so whatever stands in the way of booking it, it is kept.</summary>
internal static class KnownMoney
{
    /// <summary>As sure as can be: nothing was guessed.</summary>
    private const int Certain = 1000;

    /// <summary>Tries it with as much as can be booked.</summary>
    /// <exception cref="DomainException">Nothing can be written.</exception>
    public static async Task<T> BookAsync<T>(Func<Reach, Task<T>> attempt)
    {
        for (var reach = Reach.Intent; ; reach++)
        {
            try
            {
                return await attempt(reach);
            }
            catch (DomainException refused) when (reach < Reach.Kept && refused.Problem.Code is not (Problems.NotWritten or Problems.NotRead or Problems.ChangedMeanwhile))
            {
                // A rule stands in the way of this much of it.
            }
        }
    }

    /// <summary>Stores the evidence and does with it what its source is trusted to.</summary>
    public static async Task TakeAsync(IWork work, CurrentSettings settings, Actor actor, Evidence evidence, MatchTarget target, Reach reach, MatchReason reason, DateTime now, CancellationToken cancel)
    {
        work.Evidence.Add(evidence);
        work.Audit.Add(new AuditEntry(
            actor, AuditAction.EvidenceReceived, nameof(Evidence), evidence.Id, target.MemberId, null, new { evidence.Source, sum = evidence.Sum.Tenge, on = evidence.On, evidence.Operation }, now));
        work.Announce(EvidenceChanged.Of([], evidence.Month));
        if (reach != Reach.Kept && (await work.Evidence.TrustAsync(evidence.Source, now, cancel)).Level == TrustLevel.Automatic)
        {
            var meant = reach == Reach.Months ? target with { IntentId = null } : target;
            await new EvidenceBooking(work, actor, await work.RulesAsync(settings, cancel), now, cancel).MatchAsync(evidence, meant, Certain, [reason]);
        }
    }
}
