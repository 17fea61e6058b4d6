using System.Security.Cryptography;
using System.Text;
using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Merging;

/// <summary>Two records and all that hangs on them, as one unit of work reads them: what a merge would do, and the merge itself.</summary>
internal sealed class MergePlan
{
    private readonly IReadOnlyList<PaymentIntent> _intents;
    private readonly IReadOnlyList<Credit> _credits;

    private MergePlan(Member stays, Member goes, IReadOnlyList<PaymentIntent> intents, IReadOnlyList<Credit> credits)
    {
        (Stays, Goes, _intents, _credits) = (stays, goes, intents, credits);
        var own = LiveOf(stays.Id);
        Twice = [.. LiveOf(goes.Id).Values.Where(payment => own.ContainsKey(payment.Period)).OrderBy(payment => payment.Period).Select(payment => new PaidTwice(own[payment.Period], payment))];
    }

    /// <summary>A month with a live payment of both.</summary>
    public sealed record PaidTwice(Payment Stays, Payment Goes)
    {
        public Period Period => Stays.Period;
    }

    public Member Stays { get; }

    public Member Goes { get; }

    public IReadOnlyList<PaidTwice> Twice { get; }

    /// <summary>The intents that change hands.</summary>
    public IReadOnlyList<PaymentIntent> Moving => [.. _intents.Where(intent => intent.Concerns(Goes.Id))];

    /// <summary>The credits that change hands.</summary>
    public IReadOnlyList<Credit> MovingCredits => [.. _credits.Where(credit => credit.MemberId == Goes.Id)];

    /// <summary>What of the other's exemptions and suspensions the one who stays gets.</summary>
    public IReadOnlyList<MergeInterval> Intervals =>
        [.. Of(Goes.Exemptions, Stays.Exemptions, isExemption: true), .. Of(Goes.Suspensions, Stays.Suspensions, isExemption: false)];

    private static IEnumerable<MergeInterval> Of(IEnumerable<MonthInterval> from, IEnumerable<MonthInterval> own, bool isExemption) =>
        from.Where(interval => !interval.IsCancelled).Select(interval => new MergeInterval(isExemption, interval.Span, interval.Span.Without(own.Select(other => other.Span))));

    /// <summary>A fingerprint of the state that was read. It changes with either member, their payments or their credits.</summary>
    public string Seen
    {
        get
        {
            var versions = new[] { (Stays.Id, Stays.Version), (Goes.Id, Goes.Version) }
                .Concat(_intents.Select(intent => (intent.Id, intent.Version))).Concat(_credits.Select(credit => (credit.Id, credit.Version)));
            return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', versions.Order()))));
        }
    }

    /// <exception cref="DomainException">One of them is not there, or the one that goes is staff.</exception>
    public static async Task<MergePlan> ReadAsync(IWork work, Guid staysId, Guid goesId, CancellationToken cancel)
    {
        var stays = await work.Members.FindAsync(staysId, cancel) ?? throw new DomainException(Problems.NotFound);
        var goes = await work.Members.FindAsync(goesId, cancel) ?? throw new DomainException(Problems.NotFound);
        return goes.Role == Role.Member
            ? new MergePlan(stays, goes, await work.Duplicates.IntentsAsync([staysId, goesId], cancel), await work.Duplicates.CreditsAsync([staysId, goesId], cancel))
            : throw new DomainException(Problems.MergeStaff, goes.FullName);
    }

    public MemberData DataAfter(MergeMembersForm form) => Choose(Stays.Data, Goes.Data, form.Taken);

    /// <summary>The ledger of the one member there is then.</summary>
    public Ledger LedgerAfter(MergeMembersForm form, DuesRules rules, DateTime now)
    {
        var aside = AsideOf(form).ToDictionary(choice => choice.Payment, choice => choice.Instead);
        var payments = _intents.SelectMany(intent => intent.Payments).Where(payment => payment.MemberId == Stays.Id || payment.MemberId == Goes.Id).Select(payment =>
            !aside.TryGetValue(payment, out var instead) ? new PaidMonth(payment.Period, payment.Status.ForLedger(), payment.Amount)
            : instead is { } period ? new PaidMonth(period, payment.Status.ForLedger(), payment.Amount)
            : new PaidMonth(payment.Period, PaidMonthState.Void, payment.Amount));
        return new Ledger(
            new LedgerFacts(
                DataAfter(form).JoinedOn,
                Stays.IsBlocked,
                [.. Stays.Exemptions.Concat(Goes.Exemptions).Select(interval => interval.Span)],
                [.. Stays.Suspensions.Concat(Goes.Suspensions).Select(interval => interval.Span)],
                [.. payments]),
            rules,
            now);
    }

    /// <summary>Which payments are set aside, and what they pay instead. Where nothing is chosen, a confirmed one stays rather than one that waits.</summary>
    public IEnumerable<(Payment Payment, Period? Instead)> AsideOf(MergeMembersForm form) => Twice.Select(month =>
    {
        var choice = form.Months.Find(choice => choice.Period == month.Period);
        var keepsOther = choice?.KeepsOther ?? (month.Goes.Status == PaymentStatus.Confirmed && month.Stays.Status == PaymentStatus.Pending);
        return (keepsOther ? month.Stays : month.Goes, choice?.Instead);
    });

    /// <summary>The intents of which a month is set aside.</summary>
    public IReadOnlyList<PaymentIntent> DecidedBy(MergeMembersForm form)
    {
        var ids = AsideOf(form).Select(choice => choice.Payment.IntentId).ToHashSet();
        return [.. _intents.Where(intent => ids.Contains(intent.Id))];
    }

    public MergePayment RowOf(Payment payment) =>
        new(payment.IntentId, _intents.First(intent => intent.Id == payment.IntentId).Code, payment.Amount, payment.Status, payment.CreatedAt);

    /// <exception cref="DomainException">A month paid twice has no choice, or a payment is to pay a month that is not open.</exception>
    public void RequireChoices(MergeMembersForm form, DuesRules rules, DateTime now)
    {
        if (Twice.FirstOrDefault(month => !form.Months.Exists(choice => choice.Period == month.Period)) is { } open)
        {
            throw new DomainException(Problems.MergeMonthOpen, open.Period);
        }

        var free = OpenMonths(form, rules, now).ToHashSet();
        foreach (var (_, instead) in AsideOf(form))
        {
            if (instead is { } period && !free.Remove(period))
            {
                throw new DomainException(Problems.MergeMonthTaken, period);
            }
        }
    }

    /// <summary>The months that neither has paid and that may be paid then.</summary>
    public IReadOnlyList<Period> OpenMonths(MergeMembersForm form, DuesRules rules, DateTime now)
    {
        // Computed as if every payment stayed in its month. So a month that one payment was moved to can still be chosen for another.
        var unmoved = new MergeMembersForm { Taken = form.Taken };
        return [.. LedgerAfter(unmoved, rules, now).PayableMonths.Select(tile => tile.Period)];
    }

    /// <summary>Merges. What is set aside is written before anything changes hands, so the database never has two live payments of one member and month.</summary>
    public async Task<MergeSnapshot> ApplyAsync(IWork work, MergeMembersForm form, Guid by, DateTime now, CancellationToken cancel)
    {
        var (before, after) = (Stays.Data, DataAfter(form));
        var aside = AsideOf(form).ToList();
        List<PaymentIntent> touched = [.. Moving.Union(DecidedBy(form))];
        List<IntentState> states = touched.ConvertAll(IntentState.Of);
        aside.ForEach(choice => touched.First(intent => intent.Id == choice.Payment.IntentId).SetAside(choice.Payment.Id, choice.Instead, by, now));
        await work.Duplicates.SaveAsync(cancel);

        var credits = MovingCredits;
        var notes = await work.Duplicates.NotesAsync(Goes.Id, cancel);
        var followers = await work.Duplicates.FollowersAsync(Goes.Id, cancel);
        var ownFollowers = await work.Duplicates.FollowersAsync(Stays.Id, cancel);
        touched.ForEach(intent => intent.HandOver(Goes.Id, Stays.Id, now));
        credits.ToList().ForEach(credit => credit.HandTo(Stays.Id));
        notes.ToList().ForEach(note => note.HandTo(Stays.Id));
        followers.ToList().ForEach(follower => follower.Follow(Stays.Id));
        var inherited = Stays.Inherit(Goes);
        Stays.Take(after, now);
        Goes.MergeInto(Stays.Id, now);
        await work.Accounts.EndSessionsAsync(Goes.Id, cancel);
        if (after.Phone != before.Phone)
        {
            await SwapPhonesAsync(work, Stays, Goes, cancel);
        }

        await work.Duplicates.SaveAsync(cancel);
        return new MergeSnapshot(
            before,
            after,
            states,
            touched.ToDictionary(intent => intent.Id, intent => intent.Version),
            [.. _intents.Select(intent => intent.Id)],
            credits.ToDictionary(credit => credit.Id, credit => credit.Version),
            [.. notes.Select(note => note.Id)],
            [.. inherited.Select(interval => interval.Id)],
            IntervalsOf(Stays),
            [.. followers.Select(follower => follower.Id)],
            [.. ownFollowers.Concat(followers).Append(Goes).Select(follower => follower.Id)]);
    }

    public static IReadOnlyList<IntervalState> IntervalsOf(Member member) =>
        [.. member.Exemptions.Concat<MonthInterval>(member.Suspensions).OrderBy(interval => interval.Id).Select(interval => new IntervalState(interval.Id, interval.Span))];

    /// <summary>A number is unique at every moment, so in between one record gets a number that nobody can have.</summary>
    public static async Task SwapPhonesAsync(IWork work, Member stays, Member goes, CancellationToken cancel)
    {
        var (own, other) = (stays.Phone, goes.Phone);
        goes.TakePhone(PhoneNumber.FromCanonical($"+0{goes.Number}"));
        await work.Duplicates.SaveAsync(cancel);
        stays.TakePhone(other);
        await work.Duplicates.SaveAsync(cancel);
        goes.TakePhone(own);
        await work.Duplicates.SaveAsync(cancel);
        await work.Accounts.SwapAsync(stays.Id, other, goes.Id, own, cancel);
        await work.Accounts.EndSessionsAsync(stays.Id, cancel);
    }

    private Dictionary<Period, Payment> LiveOf(Guid memberId) =>
        _intents.SelectMany(intent => intent.Payments).Where(payment => payment.IsLive && payment.MemberId == memberId).ToDictionary(payment => payment.Period);

    private static MemberData Choose(MemberData own, MemberData other, IReadOnlySet<MergeField> taken) => new(
        taken.Contains(MergeField.FullName) ? other.FullName : own.FullName,
        taken.Contains(MergeField.Phone) ? other.Phone : own.Phone,
        taken.Contains(MergeField.Email) ? other.Email : own.Email,
        taken.Contains(MergeField.City) ? other.City : own.City,
        taken.Contains(MergeField.Iin) ? other.Iin : own.Iin,
        taken.Contains(MergeField.JoinedOn) ? other.JoinedOn : own.JoinedOn);
}
