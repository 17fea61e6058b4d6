using System.Security.Cryptography;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Kaspi;

/// <summary>Whose account it is, as a payer is shown it.</summary>
/// <param name="Name">«Айгүн М.»</param>
/// <param name="Months">What is to pay, oldest first.</param>
public sealed record BillerAccount(string Name, IReadOnlyList<Period> Months, Money Sum);

/// <summary>The bank's side of the counter: who has that account, and the money that was paid for it.</summary>
public sealed class BillerService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>Who acts in the log.</summary>
    public const string Name = "kaspi";

    /// <summary>Our number of a payment: the second it was booked in, and so many digits of chance behind it.</summary>
    private const int Chance = 1_000_000;

    /// <summary>By so much the bank's clock may be ahead of ours.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    private static readonly Actor Bank = Actor.Task(Name);

    /// <returns>Nothing where the account is nobody's.</returns>
    public Task<BillerAccount?> CheckAsync(string account, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            if (await MemberOfAsync(work, account, cancel) is not { } memberId)
            {
                return null;
            }

            var rules = await work.RulesAsync(settings, cancel);
            var member = await MemberLedger.ReadAsync(work, memberId, rules, Now, cancel);
            var waiting = from intent in await work.Payments.PendingOfAsync(memberId, cancel)
                          from payment in intent.Payments
                          where payment.Status == PaymentStatus.Pending
                          select (payment.Period, payment.Amount);
            var owed = from tile in member.Ledger.PayableMonths where tile.State is MonthState.Due or MonthState.Overdue select (tile.Period, tile.Amount);
            var months = waiting.Concat(owed).OrderBy(month => month.Period).ToList();
            return new BillerAccount(ShortName(member.Member.FullName), [.. months.Select(month => month.Period).Distinct()], Money.Sum(months.Select(month => month.Amount)));
        }, cancel);

    /// <summary>Books the money for the member, once; whatever comes with the same number later is answered as the first time.</summary>
    /// <param name="request">With its number and a sum.</param>
    /// <param name="write">Makes the body that is kept.</param>
    /// <returns>The whole body.</returns>
    /// <exception cref="DomainException">Nothing can be written: it may be asked again.</exception>
    public Task<string> PayAsync(BillerRequest request, Func<BillerAnswer, string> write, CancellationToken cancel = default) =>
        KnownMoney.BookAsync(reach => store.WriteAsync(async work =>
        {
            if (await work.Biller.FindAsync(request.Transaction, cancel) is { } known)
            {
                return known.Answer;
            }

            var number = clock.GetUtcNow().ToUnixTimeSeconds() * Chance + RandomNumberGenerator.GetInt32(Chance);
            var evidence = await MemberOfAsync(work, request.Account, cancel) is { } memberId ? await TakeAsync(work, request, memberId, reach, cancel) : null;
            var result = evidence is null ? BillerResult.NoAccount : BillerResult.Ok;
            var answer = write(new BillerAnswer(request.Transaction, result, evidence is null ? null : number, request.Tiyn));
            work.Biller.Add(new BillerCall(request.Transaction, number, request.Account[..Math.Min(request.Account.Length, BillerCall.AccountLength)], evidence?.Id, (int)result, answer, Now));
            return answer;
        }, cancel));

    private async Task<Evidence> TakeAsync(IWork work, BillerRequest request, Guid memberId, Reach reach, CancellationToken cancel)
    {
        await work.Members.HoldAsync([memberId], cancel);
        var now = Now;
        var rules = await work.RulesAsync(settings, cancel);
        var here = TimeZoneInfo.ConvertTimeFromUtc(now, rules.Zone);
        var at = request.At is { } said && said <= here + Ahead ? said : here;
        var sum = new Money(request.Tiyn!.Value / 100);
        var intent = await IntentOfAsync(work, memberId, sum, cancel);
        var account = request.Account.Replace(" ", "", StringComparison.Ordinal);
        var evidence = new Evidence(EvidenceSource.Biller, Evidence.IdentityOf(request.Transaction), DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at), request.Tiyn.Value, now)
        {
            Operation = request.Transaction,
            Message = account,
            MemberId = memberId,
            IntentId = intent,
            Raw = request.Raw,
        };
        await KnownMoney.TakeAsync(work, settings, Bank, evidence, new MatchTarget(intent, memberId), reach, new MatchReason(MatchReasons.Number, account), now, cancel);
        return evidence;
    }

    /// <summary>The intent that waits for just this sum, or the only one that waits. What a call has paid already is not paid by a second one.</summary>
    private static async Task<Guid?> IntentOfAsync(IWork work, Guid memberId, Money sum, CancellationToken cancel)
    {
        List<PaymentIntent> waiting = [];
        foreach (var intent in await work.Payments.PendingOfAsync(memberId, cancel))
        {
            if ((await work.Evidence.MatchesOfIntentAsync(intent.Id, cancel)).All(match => match.Source != EvidenceSource.Biller))
            {
                waiting.Add(intent);
            }
        }

        return (waiting.Find(intent => Money.Sum(from payment in intent.Payments where payment.Status == PaymentStatus.Pending select payment.Amount) == sum) ?? (waiting is [var only] ? only : null))?.Id;
    }

    /// <summary>The bank sends our number with what it puts before it, or what the payer typed.</summary>
    private async Task<Guid?> MemberOfAsync(IWork work, string account, CancellationToken cancel)
    {
        var prefix = (await PrefixAsync(work, cancel)) ?? "";
        return MemberNumber.TryParse(account, out var number) || (account.StartsWith(prefix, StringComparison.Ordinal) && MemberNumber.TryParse(account[prefix.Length..], out number))
            ? await work.Biller.MemberOfAsync(number, cancel)
            : null;
    }

    private async Task<string?> PrefixAsync(IWork work, CancellationToken cancel)
    {
        await work.RulesAsync(settings, cancel);
        return settings.Value.Kaspi.AccountPrefix;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Who pays for somebody sees that it is the right one, and not more than Kaspi itself shows of people.</summary>
    public static string ShortName(string fullName) =>
        fullName.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var surname, var given, ..] ? $"{given} {char.ToUpperInvariant(surname[0])}." : fullName;
}
