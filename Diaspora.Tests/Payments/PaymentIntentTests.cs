using System.Reflection;
using System.Runtime.CompilerServices;
using Diaspora.Domain.Payments;
using Xunit;

namespace Diaspora.Tests.Payments;

public sealed class PaymentIntentTests
{
    private static readonly DateTime Now = new(2026, 3, 8, 7, 0, 0, DateTimeKind.Utc);
    private static readonly Guid Payer = Guid.Parse("01980000-0000-7000-8000-000000000001");
    private static readonly Guid Cashier = Guid.Parse("01980000-0000-7000-8000-000000000002");

    private static readonly Dictionary<string, Action<PaymentIntent>> Verbs = new()
    {
        ["Claim"] = intent => intent.Claim(Now),
        ["Attach"] = intent => intent.Attach("чек.pdf", FileNumber(1), Payer, Now),
        ["Detach"] = intent => intent.Detach(intent.Receipts[0].Id, Payer, Now),
        ["Confirm"] = intent => intent.Confirm(Cashier, Now),
        ["Reject"] = intent => intent.Reject(Cashier, "чек не читается", Now),
        ["Reopen"] = intent => intent.Reopen(Now, Now),
        ["Refund"] = intent => intent.Refund(intent.Payments[0].Id, Cashier, "ошиблись месяцем", Now),
        ["Confirm month"] = intent => intent.Confirm(intent.Payments[0].Id, Cashier, Now),
        ["Reject month"] = intent => intent.Reject(intent.Payments[0].Id, Cashier, "чек не читается", Now),
        ["Settle"] = intent => intent.Settle([new IntentLine(Payer, new Period(2026, 1), new Money(2000))], new Receiving(new Money(2000), new DateOnly(2026, 3, 8), null), Cashier, Now),
    };

    /// <summary>Every verb in every status: what comes of it, or with which sentence it is refused.</summary>
    [Theory]
    [InlineData("Claim", "Pending", "AlreadyDecided", "AlreadyDecided", "AlreadyDecided")]
    [InlineData("Attach", "Pending", "AlreadyDecided", "AlreadyDecided", "AlreadyDecided")]
    [InlineData("Detach", "Pending", "ReceiptIsProof", "ReceiptIsProof", "ReceiptIsProof")]
    [InlineData("Confirm", "Confirmed", "AlreadyDecided", "AlreadyDecided", "AlreadyDecided")]
    [InlineData("Reject", "Rejected", "AlreadyDecided", "AlreadyDecided", "AlreadyDecided")]
    [InlineData("Confirm month", "Confirmed", "AlreadyDecided", "AlreadyDecided", "AlreadyDecided")]
    [InlineData("Reject month", "Rejected", "AlreadyDecided", "AlreadyDecided", "AlreadyDecided")]
    [InlineData("Settle", "Confirmed", "AlreadyDecided", "AlreadyDecided", "AlreadyDecided")]
    [InlineData("Reopen", "AlreadyPending", "Pending", "Pending", "AlreadyDecided")]
    [InlineData("Refund", "CannotRefund", "Refunded", "CannotRefund", "CannotRefund")]
    public void Do_EachVerbInEachStatus_IsDoneOrRefused(string verb, string pending, string confirmed, string rejected, string refunded)
    {
        string[] wanted = [pending, confirmed, rejected, refunded];
        foreach (var status in Enum.GetValues<PaymentStatus>())
        {
            var intent = In(status);
            var refusal = Record.Exception(() => Verbs[verb](intent));
            var outcome = refusal is null ? intent.Payments[0].Status.ToString() : Assert.IsType<DomainException>(refusal).Problem.Code;
            Assert.Equal((status, wanted[(int)status]), (status, outcome));
            if (refusal is not null)
            {
                Assert.Equal(status, intent.Payments[0].Status);
            }
        }
    }

    [Fact]
    public void Table_OfVerbs_KnowsEveryPublicVerb()
    {
        var besides = typeof(PaymentIntent).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(ExtensionAttribute)) && method.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(PaymentIntent));
        var verbs = typeof(PaymentIntent).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Concat(besides)
            .Where(method => !method.IsSpecialName && method.GetParameters().Any(parameter => parameter.Name == "now"))
            .Select(method => method.Name);
        Assert.Equal(Verbs.Keys.Select(verb => verb.Split(' ')[0]).Order(), verbs.Order());
    }

    [Fact]
    public void Start_WithoutMonths_IsRefused() =>
        Assert.Equal(Problems.NothingChosen, Assert.Throws<DomainException>(() => PaymentIntent.Start("482913", Payer, [], PaymentMethod.KaspiTransfer, Now)).Problem.Code);

    [Fact]
    public void Start_ThreeMonths_IsOnePendingPaymentForEachAndTheirTotal()
    {
        var intent = Started(3);
        Assert.Equal(["2026-01", "2026-02", "2026-03"], intent.Payments.Select(payment => payment.Period.ToString()));
        Assert.All(intent.Payments, payment => Assert.Equal((PaymentStatus.Pending, "KZT", Payer), (payment.Status, payment.Currency, payment.MemberId)));
        Assert.Equal(new Money(6000), intent.Total);
        Assert.Null(intent.ClaimedAt);
    }

    [Fact]
    public void Claim_Twice_KeepsTheFirstTime()
    {
        var intent = Started(1);
        Assert.True(intent.Claim(Now));
        Assert.False(intent.Claim(Now.AddMinutes(5)));
        Assert.Equal(Now, intent.ClaimedAt);
    }

    [Fact]
    public void Attach_AReceipt_ClaimsTheIntent()
    {
        var intent = Started(1);
        intent.Attach("чек.jpg", FileNumber(1), Payer, Now);
        Assert.Equal(Now, intent.ClaimedAt);
        intent.Claim(Now.AddMinutes(1));
        Assert.Equal(Now, intent.ClaimedAt);
    }

    [Fact]
    public void Attach_TheSameFileTwice_IsOneReceipt()
    {
        var intent = Started(1);
        var first = intent.Attach("чек.jpg", FileNumber(1), Payer, Now);
        var second = intent.Attach("копия.jpg", FileNumber(1) with { StoredName = "other" }, Payer, Now);
        Assert.Same(first, second);
        Assert.Single(intent.Receipts);
    }

    [Fact]
    public void Attach_MoreThanTenFiles_IsRefusedButAKnownOneIsNot()
    {
        var intent = Started(1);
        for (var number = 1; number <= ReceiptRules.MaxFiles; number++)
        {
            intent.Attach($"{number}.pdf", FileNumber(number), Payer, Now);
        }

        var refusal = Assert.Throws<DomainException>(() => intent.Attach("11.pdf", FileNumber(11), Payer, Now));
        Assert.Equal("TooManyFiles(10)", refusal.Problem.ToString());
        Assert.Equal(intent.Receipts[2], intent.Attach("3.pdf", FileNumber(3), Payer, Now));
    }

    [Fact]
    public void Detach_TheLastReceiptAndNobodySaidPaid_TakesTheClaimBack()
    {
        var intent = Started(1);
        var receipt = intent.Attach("чек.jpg", FileNumber(1), Payer, Now);
        Assert.Same(receipt, intent.Detach(receipt.Id, Payer, Now));
        Assert.Empty(intent.Receipts);
        Assert.Null(intent.ClaimedAt);
        Assert.True(Assert.Throws<DomainException>(() => intent.Detach(receipt.Id, Payer, Now)).IsNotFound);
    }

    [Fact]
    public void Detach_AfterOneMonthWasDecided_IsRefusedForItIsItsProof()
    {
        var intent = Started(2);
        var receipt = intent.Attach("чек.jpg", FileNumber(1), Payer, Now);
        intent.Confirm(intent.Payments[0].Id, Cashier, Now);
        Assert.Equal(Problems.ReceiptIsProof, Assert.Throws<DomainException>(() => intent.Detach(receipt.Id, Payer, Now)).Problem.Code);
        Assert.Single(intent.Receipts);
    }

    [Fact]
    public void Detach_WhatSomebodyElseAttached_IsRefusedAndStaffMayTakeOffTheirOwnLater()
    {
        var intent = Started(1);
        var receipt = intent.Attach("ордер.pdf", FileNumber(1), Cashier, Now, isStaff: true);
        Assert.Equal(Problems.ReceiptOfAnother, Assert.Throws<DomainException>(() => intent.Detach(receipt.Id, Payer, Now)).Problem.Code);
        intent.Confirm(Cashier, Now);
        Assert.Same(receipt, intent.Detach(receipt.Id, Cashier, Now, isStaff: true));
    }

    [Fact]
    public void Detach_TheLastReceiptAfterThePayerSaidPaid_LeavesTheIntentClaimed()
    {
        var intent = Started(1);
        var receipt = intent.Attach("чек.jpg", FileNumber(1), Payer, Now);
        Assert.True(intent.Claim(Now.AddMinutes(1)));
        intent.Detach(receipt.Id, Payer, Now.AddMinutes(2));
        Assert.Equal(Now, intent.ClaimedAt);
    }

    [Fact]
    public void Reopen_UnclaimedIntent_IsClaimedFromThenOn()
    {
        var intent = Started(1);
        intent.Reject(null, Reasons.Lapsed, Now);
        intent.Reopen(Now, Now.AddDays(1));
        Assert.Equal(Now.AddDays(1), intent.ClaimedAt);
    }

    [Fact]
    public void Confirm_ThreeMonths_BooksThemAllWithWhoAndWhen()
    {
        var intent = Started(3);
        intent.Confirm(Cashier, Now);
        Assert.False(intent.IsPending);
        Assert.All(intent.Payments, payment =>
        {
            Assert.Equal((PaymentStatus.Confirmed, Cashier, Now), (payment.Status, payment.ConfirmedBy, payment.ConfirmedAt));
            Assert.Equal((Cashier, Now), (payment.DecidedBy, payment.DecidedAt));
        });
    }

    [Fact]
    public void Reject_WithWords_KeepsThemForTheMember()
    {
        var intent = Started(1);
        intent.Reject(Cashier, "чек от другого платежа", Now);
        Assert.Equal("чек от другого платежа", intent.Payments[0].Reason);
        Assert.False(intent.Payments[0].IsLive);
        Assert.Null(intent.Payments[0].ConfirmedAt);
    }

    [Theory]
    [InlineData(PaymentStatus.Confirmed)]
    [InlineData(PaymentStatus.Rejected)]
    public void Reopen_Decided_IsPendingWithoutATraceOfTheDecision(PaymentStatus status)
    {
        var intent = In(status);
        intent.Reopen(Now, Now.AddMinutes(1));
        var payment = intent.Payments[0];
        Assert.True(payment.CanConfirm && payment.CanReject);
        Assert.Null(payment.ConfirmedBy);
        Assert.Null(payment.ConfirmedAt);
        Assert.Null(payment.DecidedBy);
        Assert.Null(payment.DecidedAt);
        Assert.Null(payment.Reason);
    }

    [Fact]
    public void Refund_Confirmed_KeepsWhoConfirmedAndFreesTheMonth()
    {
        var intent = In(PaymentStatus.Confirmed);
        intent.Refund(intent.Payments[0].Id, Cashier, "ошиблись месяцем", Now.AddDays(1));
        var payment = intent.Payments[0];
        Assert.Equal((PaymentStatus.Refunded, Now, false), (payment.Status, payment.ConfirmedAt, payment.IsLive));
        Assert.Equal("ошиблись месяцем", payment.Reason);
    }

    private static PaymentIntent Started(int months) => PaymentIntent.Start(
        "482913", Payer, [.. Enumerable.Range(1, months).Select(month => (new Period(2026, month), new Money(2000)))], PaymentMethod.KaspiTransfer, Now);

    private static PaymentIntent In(PaymentStatus status)
    {
        var intent = Started(1);
        intent.Attach("чек.jpg", FileNumber(99), Payer, Now);
        switch (status)
        {
            case PaymentStatus.Confirmed:
                intent.Confirm(Cashier, Now);
                break;
            case PaymentStatus.Rejected:
                intent.Reject(Cashier, "чек не читается", Now);
                break;
            case PaymentStatus.Refunded:
                intent.Confirm(Cashier, Now);
                intent.Refund(intent.Payments[0].Id, Cashier, "ошиблись месяцем", Now);
                break;
        }

        return intent;
    }

    private static StoredFile FileNumber(int number) => new($"stored-{number}", "application/pdf", 1000, $"sha-{number}");
}
