using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Kaspi;

/// <summary>What the tests of evidence do again and again, in a word each.</summary>
internal static class EvidenceSetup
{
    /// <summary>Word of money, as a statement's line brings it; the same identity twice is one.</summary>
    /// <returns>The evidence's id.</returns>
    public static Task<Guid> EvidenceAsync(
        this TestDatabase database, string identity, long tenge, string payer = "", string message = "", EvidenceSource source = EvidenceSource.Statement, string on = "2026-03-08", string? at = null) =>
        database.Get<IStore>().WriteAsync(async work =>
        {
            var stored = Evidence.IdentityOf(identity);
            if (await work.Evidence.FindAsync(source, stored) is { } same)
            {
                return same.Id;
            }

            var evidence = new Evidence(source, stored, DateOnly.Parse(on, null), at is null ? null : TimeOnly.Parse(at, null), tenge * 100, database.Clock.GetUtcNow().UtcDateTime) { Payer = payer, Message = message };
            work.Evidence.Add(evidence);
            work.Announce(new EvidenceChanged());
            return evidence.Id;
        });

    /// <summary>As if an admin had chosen it and the source had earned it.</summary>
    public static async Task TrustAsync(this TestDatabase database, EvidenceSource source, TrustLevel level) => await database.Get<IStore>().WriteAsync(async work =>
    {
        var trust = await work.Evidence.TrustAsync(source, database.Clock.GetUtcNow().UtcDateTime);
        trust.Choose(level, SourceTrust.AgreedNeeded, Guid.NewGuid(), database.Clock.GetUtcNow().UtcDateTime);
        return true;
    });

    /// <summary>What other tests over the same database have left to decide is nobody's business now.</summary>
    public static async Task ForgetEvidenceAsync(this TestDatabase database)
    {
        await using var context = database.Context();
        await context.Evidence.Where(evidence => evidence.State == EvidenceState.Open).ExecuteUpdateAsync(evidence => evidence.SetProperty(one => one.State, EvidenceState.Withdrawn));
        await context.Trusts.ExecuteDeleteAsync();
    }

    public static Task<int> LookAsync(this TestDatabase database) => database.Get<MatchingService>().LookAsync();

    public static async Task<string> CodeAsync(this TestDatabase database, Guid intentId)
    {
        await using var context = database.Context();
        return await context.Intents.Where(intent => intent.Id == intentId).Select(intent => intent.Code).SingleAsync();
    }

    public static async Task<string> NumberAsync(this TestDatabase database, Actor member)
    {
        await using var context = database.Context();
        return (await context.Members.Where(one => one.Id == member.MemberId).Select(one => one.Number).SingleAsync()).Value;
    }

    /// <summary>The months that are confirmed and the credits that are open, member by member: all that money has become.</summary>
    public static async Task<string> BooksAsync(this TestDatabase database)
    {
        await using var context = database.Context();
        var paid = await context.Payments.Where(payment => payment.Status == PaymentStatus.Confirmed).Select(payment => new { payment.MemberId, payment.Period }).ToListAsync();
        var credits = await context.Credits.Where(credit => credit.Status == CreditStatus.Open).ToListAsync();
        var names = await context.Members.ToDictionaryAsync(member => member.Id, member => member.FullName);
        return string.Join('\n', names.OrderBy(name => name.Value, StringComparer.Ordinal).Select(name =>
            $"{name.Value}: {string.Join(' ', paid.Where(payment => payment.MemberId == name.Key).Select(payment => payment.Period.ToString()).Order(StringComparer.Ordinal))}"
            + $" + {Money.Sum(credits.Where(credit => credit.MemberId == name.Key).Select(credit => credit.Amount)).Tenge}"));
    }

    /// <summary>What must be true whatever happened: no tenge of any evidence is spent twice or lost, and no month is paid twice.</summary>
    public static async Task CheckBooksAsync(this TestDatabase database)
    {
        await using var context = database.Context();
        var matches = await context.Matches.Where(match => match.UndoneAt == null).ToListAsync();
        var intents = await context.Intents.Include(intent => intent.Payments).ToDictionaryAsync(intent => intent.Id);
        var credits = await context.Credits.ToListAsync();
        foreach (var evidence in await context.Evidence.ToListAsync())
        {
            var own = matches.FindAll(match => match.EvidenceId == evidence.Id);
            Assert.Equal(evidence.State == EvidenceState.Matched ? 1 : 0, own.Count);
            foreach (var match in own.Where(match => match.IsBooking))
            {
                // What was refunded or spent since was there all the same.
                var paid = intents[match.IntentId].Payments.Where(payment => payment.ConfirmedAt == match.DecidedAt && payment.Status is PaymentStatus.Confirmed or PaymentStatus.Refunded && payment.ConfirmedAt == match.DecidedAt);
                var left = credits.Where(credit => credit.IntentId == match.IntentId && credit.Status != CreditStatus.Voided && credit.CreatedAt == match.DecidedAt);
                Assert.Equal(evidence.Sum, Money.Sum(paid.Select(payment => payment.Amount)) + Money.Sum(left.Select(credit => credit.Amount)));
            }
        }

        var booked = matches.Where(match => match.IsBooking).Select(match => match.IntentId).ToHashSet();
        Assert.All(intents.Values.Where(intent => intent.BookedFrom is not null && !booked.Contains(intent.Id)), intent =>
        {
            Assert.DoesNotContain(intent.Payments, payment => payment.Status is PaymentStatus.Confirmed or PaymentStatus.Pending);
            Assert.DoesNotContain(credits, credit => credit.IntentId == intent.Id && credit.IsOpen);
        });
        var live = intents.Values.SelectMany(intent => intent.Payments).Where(payment => payment.IsLive).Select(payment => (payment.MemberId, payment.Period)).ToList();
        Assert.Equal(live.Distinct().Count(), live.Count);
    }
}
