using System.Globalization;
using Bunit;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Diaspora.Web.Dues;
using Diaspora.Web.Dues.Cabinet;
using Diaspora.Web.Payments.Cabinet.Intent;
using Diaspora.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using static Diaspora.Tests.Dues.CabinetExample;

namespace Diaspora.Tests.Dues;

/// <summary>What the first page says and offers, by the member's months.</summary>
public sealed class StatusCardTests
{
    private const string Today = "2026-05-08";
    private static readonly string[] PaidThisYear = ["2026-01", "2026-02", "2026-03", "2026-04"];

    private static MemberStory Member => MemberStory.Joined("2026-01-05");

    [Fact]
    public void Show_MonthDue_OffersItWithTheDaysLeft() => Rendered(Member.Paid(PaidThisYear).Cabinet(Today), card =>
    {
        Says(card, "Активен", "Вы с нами с января 2026. Долга нет.", "Май 2026", "До 10 мая, осталось 2 дня", "К оплате");
        Assert.Equal("/cabinet/pay?months=2026-05", Link(card, "Оплатить 2000₸"));
    });

    [Fact]
    public void Show_MonthPaid_OffersOnlyToPayAhead() => Rendered(Member.Paid([.. PaidThisYear, "2026-05"]).Cabinet(Today), card =>
    {
        Says(card, "Май оплачен");
        Assert.Equal("/cabinet/pay?months=2026-06", Link(card, "Оплатить наперёд"));
        Assert.DoesNotContain("Оплатить 2000₸", card.Markup, StringComparison.Ordinal);
    });

    [Fact]
    public void Show_MoneyThatIsKept_SaysHowMuchInOneSum()
    {
        KeptMoney[] kept = [new(Guid.NewGuid(), "482915", new Money(2500), MemberStory.Utc("2026-05-02")), new(Guid.NewGuid(), "888590", new Money(500), MemberStory.Utc("2026-04-02"))];
        Rendered(Member.Paid(PaidThisYear).Cabinet(Today) with { Kept = kept }, card =>
        {
            Says(card, "На счёте 3 000 ₸: зачтётся в следующие взносы", "Зачесть сумму за определённый месяц или вернуть её может кассир.");
            Assert.Equal("/contacts", Link(card, "Напишите нам"));
        });
        Rendered(Member.Paid(PaidThisYear).Cabinet(Today), card => Assert.DoesNotContain("На счёте", card.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Show_MonthInReview_HasNoSecondPayButtonForIt() => Rendered(Member.Paid(PaidThisYear).Claimed("2026-05").Cabinet(Today, Row("2026-05")), card =>
    {
        Says(card, "Май на проверке", "Посмотреть");
        Assert.DoesNotContain("Оплатить 2000₸", card.Markup, StringComparison.Ordinal);
    });

    [Fact]
    public void Show_NotYetClaimed_LeadsBackToTheTransfer()
    {
        var intent = Guid.NewGuid();
        Rendered(Member.Paid(PaidThisYear).Claimed("2026-05").Cabinet(Today, Row("2026-05", isClaimed: false, intent: intent)), card =>
            Assert.Equal($"/cabinet/pay/{intent}", Link(card, "Продолжить оплату")));
    }

    /// <summary>Somebody else's transfer is nothing to go on with, and nothing that a cashier checks before it is sent.</summary>
    [Theory]
    [InlineData(true, "Обычно кассир проверяет до вечера")]
    [InlineData(false, "Платит другой участник, перевод ещё не отправлен")]
    public void Show_AnotherPersonsPayment_OnlyLetsOneLook(bool isClaimed, string line)
    {
        var intent = Guid.NewGuid();
        Rendered(Member.Paid(PaidThisYear).Claimed("2026-05").Cabinet(Today, Row("2026-05", isClaimed: isClaimed, intent: intent) with { Code = "" }), card =>
        {
            Says(card, line);
            Assert.Equal(!isClaimed, !Plain(card.Markup).Contains("кассир проверяет", StringComparison.Ordinal));
            Assert.Equal($"/cabinet/pay/{intent}", Link(card, "Посмотреть"));
        });
    }

    [Fact]
    public void Show_DebtThatAnotherPersonHasBegunToPay_AsksNobodyToFinishIt() => Rendered(
        Member.Paid("2026-01", "2026-02", "2026-03").Claimed("2026-04").Cabinet(Today, Row("2026-04", isClaimed: false) with { Code = "" }), card =>
        {
            Says(card, "Просрочен", "Оплату начал другой участник.");
            Assert.DoesNotContain("Завершите", card.Markup, StringComparison.Ordinal);
        });

    [Fact]
    public void Show_RefusedPaymentOfTwoMonths_NamesBoth()
    {
        var intent = Guid.NewGuid();
        HistoryRow[] rows = [.. ((string[])["2026-03", "2026-04"]).Select(month => Row(month, PaymentStatus.Rejected, intent: intent, reason: "чек не читается"))];
        Rendered(Member.Paid("2026-01", "2026-02").Rejected("2026-03", "2026-04").Cabinet(Today, rows), card =>
        {
            Says(card, "Кассир отклонил оплату за март и апрель", "чек не читается");
            Assert.Equal($"/cabinet/pay/{intent}", card.Find(".mud-alert-text-error a").GetAttribute("href"));
        });
    }

    [Theory]
    [InlineData(Reasons.SumDiffers)]
    [InlineData(Reasons.KeptAsCredit)]
    public void Show_MoneyThatPaidNoMonth_BlamesNoCashier(string reason) =>
        Rendered(Member.Paid("2026-01", "2026-02", "2026-03").Rejected("2026-04").Cabinet(Today, Row("2026-04", PaymentStatus.Rejected, reason: reason)), card =>
        {
            Says(card, "За апрель пришло меньше, чем нужно");
            Assert.DoesNotContain("Кассир отклонил", card.Markup, StringComparison.Ordinal);
        });

    [Fact]
    public void Show_Debt_SaysTheSumAndOffersTheOldestMonthAndAll() => Rendered(Member.Paid("2026-01", "2026-02").Cabinet(Today), card =>
    {
        Says(card, "Просрочен", "Не оплачены март и апрель.", "4 000 ₸", "Май, срок до 10 мая", "За самый старый месяц — март", "Трудный месяц?");
        Assert.Equal("/cabinet/pay?months=2026-03", Link(card, "Оплатить 2000₸"));
        Assert.Equal("/cabinet/pay?months=2026-03,2026-04,2026-05", Link(card, "Оплатить всё: 6 000 ₸"));
    });

    [Fact]
    public void Show_WholeDebtClaimed_SaysWhatIsCheckedAndTheDebtInPassing() => Rendered(
        Member.Paid("2026-01", "2026-02").Claimed("2026-03").Claimed("2026-04").Cabinet(Today, Row("2026-03"), Row("2026-04")), card =>
        {
            Assert.Equal("Проверяем, 4 000 ₸", Plain(card.Find(".st .chip").TextContent));
            Assert.Contains("s-pending", card.Find(".st").ClassName, StringComparison.Ordinal);
            Says(card, "Долг 4 000 ₸ закроется, как только кассир подтвердит оплату", "До 10 мая, осталось 2 дня", "Оплатить 2000₸");
            Assert.DoesNotContain("Просрочен", card.Markup, StringComparison.Ordinal);
            Assert.DoesNotContain("Трудный месяц", card.Markup, StringComparison.Ordinal);
            Assert.Empty(card.FindAll(".sum"));
        });

    [Fact]
    public void Show_DebtClaimedWithTheCurrentMonth_SaysTheWholeSumThatIsChecked() => Rendered(
        Member.Paid("2026-01", "2026-02", "2026-03").Claimed("2026-04").Claimed("2026-05").Cabinet(Today, Row("2026-04"), Row("2026-05")), card =>
        {
            Assert.Equal("Проверяем, 4 000 ₸", Plain(card.Find(".st .chip").TextContent));
            Says(card, "Долг 2 000 ₸ закроется");
        });

    [Fact]
    public void Show_OldDebtInReviewOfAnActiveMember_StaysActiveWithTheDebtInPassing() => Rendered(
        Member.Paid("2026-02", "2026-03", "2026-04", "2026-05").Claimed("2026-01").Cabinet(Today, Row("2026-01")), card =>
        {
            Assert.Equal("Активен", card.Find(".st .chip").TextContent);
            Says(card, "Долг 2 000 ₸ закроется", "Май оплачен");
            Assert.Empty(card.FindAll(".sum"));
        });

    [Fact]
    public void Show_HalfOfTheDebtClaimed_IsStillOverdue() => Rendered(Member.Paid("2026-01", "2026-02").Claimed("2026-03").Cabinet(Today, Row("2026-03")), card =>
        Says(card, "Просрочен", "Не оплачен апрель", "Март, на проверке", "4 000 ₸"));

    [Fact]
    public void Show_DebtBegunButNotClaimed_IsStillOverdue() => Rendered(
        Member.Paid("2026-01", "2026-02", "2026-03").Claimed("2026-04").Cabinet(Today, Row("2026-04", isClaimed: false)), card => Says(card, "Просрочен", "Оплата начата"));

    [Fact]
    public void Show_OldDebtOfAnActiveMember_StaysCalm() => Rendered(Member.Paid("2026-02", "2026-03", "2026-04", "2026-05").Cabinet(Today), card =>
        Says(card, "Активен", "Остался долг: январь.", "Оплатить 2000₸"));

    [Fact]
    public void Show_NewMember_IsWelcomed() => Rendered(MemberStory.Joined("2026-05-05").Cabinet(Today), card =>
        Says(card, "Новый", "Добро пожаловать! Первый взнос — за май.", "Оплатить 2000₸"));

    [Fact]
    public void Show_ExemptMember_IsToldUntilWhen() => Rendered(Member.Paid(PaidThisYear).Exempt("2026-05", "2026-08").Cabinet(Today), card =>
        Says(card, "До сентября взнос платить не нужно."));

    [Fact]
    public void Show_SuspendedMember_OwesNothing() => Rendered(Member.Paid(PaidThisYear).Suspended("2026-05").Cabinet(Today), card =>
    {
        Says(card, "Приостановлен");
        Assert.DoesNotContain("Оплатить 2000₸", card.Markup, StringComparison.Ordinal);
    });

    private static void Rendered(CabinetDetails details, Action<IRenderedComponent<StatusCard>> check)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
            using var context = new BunitContext();
            context.JSInterop.Mode = JSRuntimeMode.Loose;
            context.Services.AddLocalization().AddLogging().AddMudServices();
            context.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(MemberStory.Utc(Today)));
            var settings = new CurrentSettings();
            settings.Use(new SettingsSnapshot(Member.Rules));
            context.Services.AddSingleton(settings).AddSingleton(Member.Rules.Zone).AddScoped<Wording>().AddScoped<PeriodWords>().AddScoped<IntentWords>();
            check(context.Render<StatusCard>(card => card.Add(component => component.View, new CabinetView(details))));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }

    private static void Says(IRenderedComponent<StatusCard> card, params string[] sentences)
    {
        var text = Plain(card.Nodes.Aggregate("", (all, node) => all + node.TextContent));
        Assert.All(sentences, sentence => Assert.Contains(sentence, text, StringComparison.Ordinal));
    }

    private static string? Link(IRenderedComponent<StatusCard> card, string words) =>
        card.FindAll("a").Single(link => Plain(link.TextContent) == words).GetAttribute("href");

    private static string Plain(string text) => string.Join(' ', text.Replace('\u00A0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
