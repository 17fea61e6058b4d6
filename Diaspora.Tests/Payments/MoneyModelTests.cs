using CsCheck;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Payments;

/// <summary>Two members, a cashier and an admin do anything in any order, on a real file; after each step the books are what a plain list says they are.</summary>
public sealed class MoneyModelTests : IAsyncLifetime
{
    private static readonly Period FirstMonth = new(2026, 1);

    private static readonly Gen<MoneyStep> AnyStep = Gen.Select(
        Gen.Enum<MoneyVerb>(), Gen.Int[0, 1], Gen.Int[0, (1 << MoneyModel.MonthCount) - 1], Gen.Int[0, 11], Gen.Int[0, 11],
        (verb, member, months, pick, extra) => new MoneyStep(verb, member, months, pick, extra));

    /// <summary>A claim of three months of which one is confirmed and the rest settled: what a decision leaves behind shows only after several were undone and taken again.</summary>
    private static readonly MoneyStep[] Settled = [new(MoneyVerb.Start, 0, 7, 0, 0), new(MoneyVerb.ConfirmMonth, 0, 0, 0, 0), new(MoneyVerb.Settle, 0, 3, 0, 4)];

    private static readonly Gen<MoneyStep> StepOfOneClaim = Gen.Select(
        OneOf(MoneyVerb.ConfirmMonth, MoneyVerb.ConfirmMonth, MoneyVerb.RejectMonth, MoneyVerb.Settle, MoneyVerb.Reopen, MoneyVerb.Reopen, MoneyVerb.Reopen, MoneyVerb.Refund),
        Gen.Int[0, 7], OneOf(0, 0, 4, 4, 8),
        (verb, months, extra) => new MoneyStep(verb, 0, months, 0, extra));

    private readonly TestDatabase _database = new();
    private Actor _admin = null!;
    private Actor _cashier = null!;
    private Actor[] _members = [];
    private MoneyModel _model = new();
    private Dictionary<int, DateTime> _times = [];

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _admin = await _database.AddAdminAsync();
        _cashier = await _database.AddCashierAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public Task Do_AnythingInAnyOrder_KeepsTheBooks() => WalkAsync(AnyStep.Array[20, 40], walks: 8);

    [Fact]
    public Task Decide_OneClaimAndUndoItInAnyOrder_KeepsTheBooks() =>
        WalkAsync(StepOfOneClaim.Array[8, 14].Select(steps => (MoneyStep[])[.. Settled, .. steps]), walks: 20);

    private Task WalkAsync(Gen<MoneyStep[]> walk, int walks) => walk.SampleAsync(
        async steps =>
        {
            _model = new MoneyModel();
            _members = [await _database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01"), await _database.AddAsync("Алиева Айгюн", joinedOn: "2026-01-01")];
            _times = [];
            foreach (var step in steps)
            {
                await DoAsync(step);
            }
        }, iter: walks, threads: 1, print: steps => string.Join(Environment.NewLine, steps.AsEnumerable()));

    private async Task DoAsync(MoneyStep step)
    {
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        var at = _times.Count;
        _times[at] = _database.Clock.GetUtcNow().UtcDateTime;
        await using var context = _database.Context();
        var last = (await context.AuditTails.SingleAsync()).Last;

        var (call, expect) = Ready(step, at);
        Guid? made = null;
        Problem? refusal = null;
        try
        {
            made = await call();
        }
        catch (DomainException refused)
        {
            refusal = refused.Problem;
        }
        catch (FormException refused)
        {
            refusal = refused.Problems.ByField.Values.First();
        }

        var expected = expect(made);
        Assert.Equal(expected, await context.AuditEntries.Where(entry => entry.Id > last).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
        Assert.True(expected.Length == 0 || refusal is null, refusal?.ToString());
        Assert.NotEqual(Problems.ChangedMeanwhile, refusal?.Code);
        await AssertSameAsync(context);
    }

    /// <summary>The call, made out before it changes anything, and what the model says to it.</summary>
    private (Func<Task<Guid?>> Call, Func<Guid?, AuditAction[]> Expect) Ready(MoneyStep step, int at)
    {
        var moderation = _database.Get<ModerationService>();
        var ledger = _database.Get<OwedMonthsService>();
        var rejection = new RejectPaymentForm { Reason = "чек не читается" };
        var intent = _model.IntentOf(step);
        var line = _model.LineOf(step);
        var exemption = _model.ExemptionOf(step);
        var member = _members[step.Member].MemberId!.Value;
        return step.Verb switch
        {
            MoneyVerb.Record => Book(step, at, new MoneyModel.Intent(step.Member) { Id = Guid.CreateVersion7() }, isNew: true),
            MoneyVerb.Settle => intent is null ? (Nothing, _ => []) : Book(step, at, intent, isNew: false),
            MoneyVerb.Start => (async () => await _database.StartAsync(_members[step.Member], [.. MoneyModel.MonthsOf(step).Select(month => MonthOf(month).ToString())]), id => Named(step, at, id)),
            MoneyVerb.Exempt => (async () => await ledger.ExemptAsync(_admin, member, Form(step)), id => Named(step, at, id)),
            MoneyVerb.End => (exemption is null ? Nothing : () => Answered(EndAsync(_members[exemption.Member].MemberId!.Value, exemption.Id, MonthOf(step.Extra % MoneyModel.MonthCount))), Plain),
            _ when intent is null || line is null => (Nothing, Plain),
            MoneyVerb.Claim => (() => Answered(_database.Get<PaymentService>().ClaimAsync(_members[intent.Payer], intent.Id)), Plain),
            MoneyVerb.Confirm => (() => Answered(moderation.ConfirmAsync(_cashier, intent.Id)), Plain),
            MoneyVerb.ConfirmMonth => (() => Answered(moderation.ConfirmMonthAsync(_cashier, intent.Id, line.Id)), Plain),
            MoneyVerb.Reject => (() => Answered(moderation.RejectAsync(_cashier, intent.Id, rejection)), Plain),
            MoneyVerb.RejectMonth => (() => Answered(moderation.RejectMonthAsync(_cashier, intent.Id, line.Id, rejection)), Plain),
            MoneyVerb.Refund => (() => Answered(_database.Get<RecordingService>().RefundAsync(_cashier, intent.Id, line.Id, new RefundPaymentForm { Reason = "ошиблись месяцем" })), Plain),
            MoneyVerb.Reopen => (() => Answered(moderation.ReopenAsync(_cashier, intent.Id, line.At is { } decided ? _times[decided] : DateTime.UnixEpoch)), Plain),
            _ => throw new NotSupportedException(),
        };

        AuditAction[] Plain(Guid? made) => _model.Do(step, at);
    }

    private (Func<Task<Guid?>> Call, Func<Guid?, AuditAction[]> Expect) Book(MoneyStep step, int at, MoneyModel.Intent intent, bool isNew)
    {
        List<(int Member, int Month)> months = isNew
            ? [.. MoneyModel.MonthsOf(step).Select(month => (step.Member, month)), .. step.Pick % 3 == 0 ? new[] { (1 - step.Member, step.Pick % MoneyModel.MonthCount) } : []]
            : _model.Settled(step, intent);
        var credit = _model.CreditOf(step, intent.Payer);
        var cost = MoneyModel.Fee * months.Count;
        var received = Math.Max(cost == 0 && credit is null ? 100 : 0, cost + (step.Extra % 4 * 100) - (credit?.Amount ?? 0));
        var chosen = months.Select(month => new ChosenMonth(_members[month.Member].MemberId!.Value, MonthOf(month.Month))).ToArray();
        return (async () =>
        {
            Guid[] credits = credit is null ? [] : [(await _database.OpenCreditsAsync(_cashier, _members[intent.Payer])).Single(row => row.IntentId == credit.From.Id).Id];
            if (isNew)
            {
                var form = Cash(_members[intent.Payer], received, chosen).Using(credits).KeepingTheRest();
                form.Id = intent.Id;
                return await _database.RecordAsync(_cashier, form);
            }

            await _database.SettleAsync(_cashier, intent.Id, Came(received, chosen).Using(credits).KeepingTheRest());
            return null;
        }, _ => _model.Book(intent, isNew, months, received, credit, at));
    }

    /// <summary>What the verb made, if it made anything, has the id that it answered.</summary>
    private AuditAction[] Named(MoneyStep step, int at, Guid? made)
    {
        var expected = _model.Do(step, at);
        if (expected.Length > 0 && step.Verb == MoneyVerb.Start)
        {
            _model.Intents[^1].Id = made ?? Guid.Empty;
        }
        else if (expected.Length > 0)
        {
            _model.Exemptions[^1].Id = made ?? Guid.Empty;
        }

        return expected;
    }

    private async Task AssertSameAsync(Data.DiasporaDbContext context)
    {
        var ids = Array.ConvertAll(_members, member => member.MemberId!.Value);
        var payments = await context.Payments.Where(payment => ids.Contains(payment.MemberId)).ToListAsync();
        Assert.All(payments.Where(payment => payment.IsLive).CountBy(payment => (payment.MemberId, payment.Period)), month => Assert.Equal(1, month.Value));
        var known = _model.Lines.Where(line => line.Id != Guid.Empty).Select(line => line.Id).ToHashSet();
        foreach (var (intent, line) in _model.Intents.SelectMany(intent => intent.Lines.Select(line => (intent, line))))
        {
            var row = line.Id != Guid.Empty ? payments.Single(payment => payment.Id == line.Id)
                : payments.Single(payment => !known.Contains(payment.Id) && payment.IntentId == intent.Id && payment.MemberId == ids[line.Member] && payment.Period == MonthOf(line.Month));
            line.Id = row.Id;
            Assert.Equal((intent.Id, ids[line.Member], MonthOf(line.Month), line.Status, MoneyModel.Fee), (row.IntentId, row.MemberId, row.Period, row.Status, row.Amount.Tenge));
        }

        Assert.Equal(_model.Lines.Count(), payments.Count);

        var credits = await context.Credits.Where(credit => ids.Contains(credit.MemberId)).ToListAsync();
        Assert.Equal(
            _model.Credits.Select(credit => (ids[credit.Owner], credit.Amount, credit.From.Id, credit.Status, credit.UsedFor?.Id)).Order(),
            credits.Select(credit => (credit.MemberId, credit.Amount.Tenge, credit.IntentId, credit.Status, credit.UsedIntentId)).Order());
        var received = await context.Intents.Where(intent => ids.Contains(intent.PayerId)).ToDictionaryAsync(intent => intent.Id, intent => intent.Received);
        Assert.All(_model.Intents, intent => Assert.Equal(intent.Received, received[intent.Id]?.Tenge));
        foreach (var intent in _model.Intents.Where(intent => intent.MoneyAt is not null))
        {
            var came = received[intent.Id]!.Value + Money.Sum(credits.Where(credit => credit.UsedIntentId == intent.Id).Select(credit => credit.Amount));
            var went = payments.Where(payment => payment.IntentId == intent.Id && payment.ConfirmedAt == _times[intent.MoneyAt!.Value]).Select(payment => payment.Amount)
                .Concat(credits.Where(credit => credit.IntentId == intent.Id).Select(credit => credit.Amount));
            Assert.Equal(came, Money.Sum(went));
        }

        foreach (var (index, member) in _members.Index())
        {
            // January and February are past their deadline.
            var owed = Enumerable.Range(0, 2).Count(month => !_model.Exemptions.Exists(exemption => exemption.Member == index && exemption.Covers(month))
                && !_model.Lines.Any(line => line.Member == index && line.Month == month && line.Status == PaymentStatus.Confirmed));
            Assert.Equal(MoneyModel.Fee * owed, (await _database.Get<CabinetService>().CabinetAsync(member)).Debt.Tenge);
        }
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Period MonthOf(int month) => FirstMonth.AddMonths(month);

    private MonthIntervalForm Form(MoneyStep step)
    {
        var exemption = MoneyModel.ExemptionBy(step);
        return new()
        {
            From = MonthOf(exemption.From),
            To = MonthOf(exemption.To),
            Reason = "решение совета",
            IsAccepted = true,
            Seen = step.HasRead ? [new WaitingMonths(_members[step.Member].MemberId!.Value, "", [.. _model.WaitingIn(exemption).Select(MonthOf)])] : [],
        };
    }

    private static Task<Guid?> Nothing() => Task.FromResult<Guid?>(null);

    private async Task EndAsync(Guid memberId, Guid exemptionId, Period last) =>
        await _database.Get<OwedMonthsService>().EndAsync(_admin, memberId, exemptionId, await _database.EndFormAsync(memberId, exemptionId, last));

    private static async Task<Guid?> Answered(Task done)
    {
        await done;
        return null;
    }
}
