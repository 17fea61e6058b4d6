using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Tests.Payments;

/// <summary>What two members paid, as plain lists: what a verb should do to them, and nothing of how it is stored.</summary>
internal sealed class MoneyModel
{
    public const int MonthCount = 6;
    public const long Fee = 2000;

    public List<Intent> Intents { get; } = [];

    public List<Credit> Credits { get; } = [];

    public List<Exemption> Exemptions { get; } = [];

    public IEnumerable<Line> Lines => Intents.SelectMany(intent => intent.Lines);

    public Intent? IntentOf(MoneyStep step) => Intents.Count == 0 ? null : Intents[step.Pick % Intents.Count];

    public Line? LineOf(MoneyStep step) => IntentOf(step) is { } intent ? intent.Lines[step.Extra % intent.Lines.Count] : null;

    public Exemption? ExemptionOf(MoneyStep step) => Exemptions.Count == 0 ? null : Exemptions[step.Pick % Exemptions.Count];

    /// <summary>The credit that the step uses, where it uses one and its payer has one.</summary>
    public Credit? CreditOf(MoneyStep step, int payer) => step.Extra % 2 == 0 ? null : Credits.Find(credit => credit.Owner == payer && credit.Status == CreditStatus.Open);

    public static int[] MonthsOf(MoneyStep step) => [.. Enumerable.Range(0, MonthCount).Where(month => (step.Months >> month & 1) == 1)];

    public bool IsFree(int member, int month) =>
        !Lines.Any(line => line.IsLive && line.Member == member && line.Month == month) && !Exemptions.Exists(exemption => exemption.Member == member && exemption.Covers(month));

    /// <summary>The months that a settling names: some of those that wait, and perhaps one more.</summary>
    public List<(int Member, int Month)> Settled(MoneyStep step, Intent intent)
    {
        List<(int Member, int Month)> chosen = [.. intent.Lines.Where(line => line.Status == PaymentStatus.Pending).Where((_, index) => (step.Months >> index & 1) == 1).Select(line => (line.Member, line.Month))];
        var free = Enumerable.Range(0, MonthCount).Where(month => IsFree(intent.Payer, month)).ToList();
        return step.Extra % 3 == 0 && free.Count > 0 ? [.. chosen, (intent.Payer, free[0])] : chosen;
    }

    /// <summary>What should be in the log after the step; nothing where nothing should change.</summary>
    public AuditAction[] Do(MoneyStep step, int at) => step.Verb switch
    {
        MoneyVerb.Start => Start(step.Member, MonthsOf(step)),
        MoneyVerb.Claim => IntentOf(step) is { IsPending: true, IsSaid: false } intent ? Say(intent) : [],
        MoneyVerb.Confirm => Decide(IntentOf(step)?.Lines, PaymentStatus.Confirmed, at),
        MoneyVerb.Reject => Decide(IntentOf(step)?.Lines, PaymentStatus.Rejected, at),
        MoneyVerb.ConfirmMonth => Decide(LineOf(step) is { } line ? [line] : null, PaymentStatus.Confirmed, at),
        MoneyVerb.RejectMonth => Decide(LineOf(step) is { } line ? [line] : null, PaymentStatus.Rejected, at),
        MoneyVerb.Refund => LineOf(step) is { Status: PaymentStatus.Confirmed } line ? Refund(line, at) : [],
        MoneyVerb.Exempt => Exempt(step),
        MoneyVerb.End => ExemptionOf(step) is { } exemption ? End(exemption, step.Extra % MonthCount) : [],
        MoneyVerb.Reopen => IntentOf(step) is { } intent ? Reopen(intent, LineOf(step)!.At) : [],
        _ => throw new NotSupportedException($"{step.Verb} needs the sum."),
    };

    /// <summary>A cashier books a sum, with an intent that waits or without.</summary>
    public AuditAction[] Book(Intent intent, bool isNew, List<(int Member, int Month)> months, long received, Credit? credit, int at)
    {
        if (isNew ? months.Count == 0 || !months.TrueForAll(month => IsFree(month.Member, month.Month)) : !intent.IsPending || intent.Received is not null)
        {
            return [];
        }

        // A part of somebody else's credit never becomes the payer's.
        if (credit is not null && credit.Owner != intent.Payer && received + credit.Amount - Fee * months.Count > received)
        {
            return [];
        }

        foreach (var line in intent.Lines.Where(line => line.Status == PaymentStatus.Pending))
        {
            (line.Status, line.At) = (months.Remove((line.Member, line.Month)) ? PaymentStatus.Confirmed : PaymentStatus.Rejected, at);
        }

        intent.Lines.AddRange(months.Select(month => new Line(month.Member, month.Month) { Status = PaymentStatus.Confirmed, At = at, BookedAt = isNew ? null : at }));
        (intent.Received, intent.MoneyAt) = (received, at);
        intent.IsSaid |= isNew;
        intent.IsRecorded = isNew;
        if (isNew)
        {
            Intents.Add(intent);
        }

        var rest = received + (credit?.Amount ?? 0) - Fee * intent.Lines.Count(line => line.Status == PaymentStatus.Confirmed && line.At == at);
        if (credit is not null)
        {
            (credit.Status, credit.UsedFor) = (CreditStatus.Used, intent);
        }

        if (rest > 0)
        {
            Credits.Add(new Credit(intent.Payer, rest, intent));
        }

        return [.. credit is null ? Array.Empty<AuditAction>() : [AuditAction.CreditUsed], isNew ? AuditAction.PaymentRecorded : AuditAction.PaymentSettled];
    }

    private AuditAction[] Start(int member, int[] months)
    {
        if (months.Length == 0 || !Array.TrueForAll(months, month => IsFree(member, month)))
        {
            return [];
        }

        var intent = new Intent(member);
        intent.Lines.AddRange(months.Select(month => new Line(member, month)));
        Intents.Add(intent);
        return [AuditAction.PaymentCreated];
    }

    private static AuditAction[] Say(Intent intent)
    {
        intent.IsSaid = true;
        return [AuditAction.PaymentClaimed];
    }

    private static AuditAction[] Decide(List<Line>? lines, PaymentStatus status, int at)
    {
        var pending = lines?.FindAll(line => line.Status == PaymentStatus.Pending) ?? [];
        pending.ForEach(line => (line.Status, line.At) = (status, at));
        return pending.Count == 0 ? [] : [status == PaymentStatus.Confirmed ? AuditAction.PaymentConfirmed : AuditAction.PaymentRejected];
    }

    private static AuditAction[] Refund(Line line, int at)
    {
        (line.Status, line.At) = (PaymentStatus.Refunded, at);
        return [AuditAction.PaymentRefunded];
    }

    public static Exemption ExemptionBy(MoneyStep step) => new(step.Member, step.Pick % MonthCount, step.Pick % MonthCount + step.Extra % 3);

    /// <summary>The months of the exemption for which a payment waits.</summary>
    public int[] WaitingIn(Exemption exemption) => [.. Lines.Where(line => line.Member == exemption.Member && line.Status == PaymentStatus.Pending && exemption.Covers(line.Month)).Select(line => line.Month)];

    private AuditAction[] Exempt(MoneyStep step)
    {
        var exemption = ExemptionBy(step);
        var (member, from, to) = (exemption.Member, exemption.From, exemption.To);
        if ((!step.HasRead && WaitingIn(exemption).Length > 0)
            || Exemptions.Exists(other => other.Member == member && Enumerable.Range(from, to - from + 1).Any(other.Covers))
            || Lines.Any(line => line.Member == member && line.Status == PaymentStatus.Confirmed && exemption.Covers(line.Month)))
        {
            return [];
        }

        Exemptions.Add(exemption);
        return [AuditAction.MemberExempted];
    }

    private static AuditAction[] End(Exemption exemption, int last)
    {
        if (exemption.To < exemption.From || last >= exemption.To)
        {
            return [];
        }

        exemption.To = Math.Max(last, exemption.From - 1);
        return [AuditAction.ExemptionEnded];
    }

    private AuditAction[] Reopen(Intent intent, int? at)
    {
        var back = at is null ? [] : intent.Lines.FindAll(line => line.At == at && line.Status is PaymentStatus.Confirmed or PaymentStatus.Rejected);
        if (back.Count == 0
            || back.Exists(line => Lines.Any(other => other != line && other.IsLive && (other.Member, other.Month) == (line.Member, line.Month)))
            || intent.Received is not null && Credits.Exists(credit => credit.From == intent || credit.UsedFor == intent))
        {
            return [];
        }

        // What was written down by hand stays written down; a settling takes its sum along.
        if (intent.MoneyAt == at)
        {
            (intent.MoneyAt, intent.Received) = (null, intent.IsRecorded ? intent.Received : null);
        }

        back.ForEach(line => (line.Status, line.At) = (line.BookedAt == at ? PaymentStatus.Rejected : PaymentStatus.Pending, null));
        intent.IsSaid = true;
        return [AuditAction.PaymentReopened];
    }

    internal sealed class Intent(int payer)
    {
        public Guid Id { get; set; }

        public int Payer { get; } = payer;

        public List<Line> Lines { get; } = [];

        public bool IsSaid { get; set; }

        /// <summary>Written down by hand, not claimed.</summary>
        public bool IsRecorded { get; set; }

        public long? Received { get; set; }

        /// <summary>When the money was written down; missing once that was undone.</summary>
        public int? MoneyAt { get; set; }

        public bool IsPending => Lines.Exists(line => line.Status == PaymentStatus.Pending);
    }

    internal sealed class Line(int member, int month)
    {
        public Guid Id { get; set; }

        public int Member { get; } = member;

        public int Month { get; } = month;

        public PaymentStatus Status { get; set; }

        public int? At { get; set; }

        /// <summary>Which settling booked it besides the claim.</summary>
        public int? BookedAt { get; init; }

        public bool IsLive => Status is PaymentStatus.Pending or PaymentStatus.Confirmed;
    }

    internal sealed class Credit(int owner, long amount, Intent from)
    {
        public int Owner { get; } = owner;

        public long Amount { get; } = amount;

        public Intent From { get; } = from;

        public Intent? UsedFor { get; set; }

        public CreditStatus Status { get; set; }
    }

    internal sealed class Exemption(int member, int from, int to)
    {
        public Guid Id { get; set; }

        public int Member { get; } = member;

        public int From { get; } = from;

        public int To { get; set; } = to;

        public bool Covers(int month) => From <= month && month <= To;
    }
}
