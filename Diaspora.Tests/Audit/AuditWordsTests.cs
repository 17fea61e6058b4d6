using System.Globalization;
using System.Resources;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Web.Audit;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Diaspora.Tests.Audit;

public sealed class AuditWordsTests
{
    public static TheoryData<AuditAction> Actions => [.. Enum.GetValues<AuditAction>()];

    [Theory]
    [MemberData(nameof(Actions))]
    public void Action_Every_HasWordsInBothLanguages(AuditAction action)
    {
        var texts = new ResourceManager(typeof(AuditTexts));
        foreach (var language in (string[])["ru", "kk"])
        {
            var words = texts.GetResourceSet(CultureInfo.GetCultureInfo(language), true, false)?.GetString($"Action{action}")
                ?? (language == "ru" ? texts.GetString($"Action{action}", CultureInfo.InvariantCulture) : null);
            Assert.False(string.IsNullOrWhiteSpace(words), $"{action} has no words in {language}");
        }
    }

    [Fact]
    public void Changes_RejectedPayment_ReadMonthByMonth() => InRussian(words =>
    {
        var row = Row(
            """{"Code":"512734","payments":[{"Period":"2026-03","amount":2000,"Status":"Pending"},{"Period":"2026-04","amount":2000,"Status":"Confirmed"}]}""",
            """{"Code":"512734","payments":[{"Period":"2026-03","amount":2000,"Status":"Rejected","Reason":"Чек не читается"},{"Period":"2026-04","amount":2000,"Status":"Confirmed"}]}""");

        Assert.Equal(["Март 2026: 2\u00A0000\u00A0₸, На проверке → 2\u00A0000\u00A0₸, Отклонён (Чек не читается)"], words.Changes(row));
    });

    [Fact]
    public void Changes_ExportOfAYear_SaysTheYearAsAYear() => InRussian(words =>
        Assert.Equal(["Год: 2026"], words.Changes(Row(null, """{"Year":2026}"""))));

    [Fact]
    public void Changes_EditedMember_NameOnlyTheFieldsThatChanged() => InRussian(words =>
    {
        var row = Row("""{"FullName":"Алиев Рашад","Phone":"+77015550142"}""", """{"FullName":"Алиев Рашад","Phone":"+77785550280","City":"Шымкент"}""");

        Assert.Equal(["Телефон: +7 701 555 01 42 → +7 778 555 02 80", "Город: пусто → Шымкент"], words.Changes(row));
    });

    [Fact]
    public void Changes_CreatedPayment_ReadInWords() => InRussian(words =>
    {
        var row = Row(null, """{"Code":"512734","periods":["2026-03","2026-04"],"total":4000,"Method":"KaspiTransfer"}""");

        Assert.Equal(["Код: 512734", "Месяцы: Март 2026, Апрель 2026", "Сумма: 4\u00A0000\u00A0₸", "Способ: Перевод"], words.Changes(row));
    });

    [Fact]
    public void Changes_Settings_NameAFeeByItsMonth() => InRussian(words =>
    {
        var row = Row("""{"fee:2000-01":2000,"deadlineDay":10,"kaspiLink":"https://kaspi.kz/pay/a"}""", """{"fee:2000-01":1500,"fee:2026-07":2500,"deadlineDay":20}""");

        Assert.Equal(
            [
                "Взнос с самого начала: 2\u00A0000\u00A0₸ → 1\u00A0500\u00A0₸", "Последний день оплаты: 10 → 20", "Ссылка Kaspi: https://kaspi.kz/pay/a → пусто",
                "Взнос с июля 2026: пусто → 2\u00A0500\u00A0₸",
            ],
            words.Changes(row));
    });

    [Fact]
    public void Changes_PortalsOwnReason_IsNotShownAsAKey() => InRussian(words =>
    {
        var row = Row(null, $$"""{"payments":[{"Period":"2026-03","amount":2000,"Status":"Rejected","Reason":"{{Reasons.Lapsed}}"}]}""");

        Assert.DoesNotContain(Reasons.Lapsed, Assert.Single(words.Changes(row)), StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36", "Samsung, Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", "Safari, iPhone")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 YaBrowser/24.10 Safari/537.36", "Yandex, Windows")]
    [InlineData("lapse", "lapse")]
    [InlineData(null, "")]
    public void BrowserName_Of_IsShort(string? userAgent, string expected) => Assert.Equal(expected, BrowserName.Of(userAgent));

    private static AuditRow Row(string? before, string? after) =>
        new(1, default, AuditAction.PaymentRejected, "Лейла", null, null, nameof(PaymentIntent), Guid.NewGuid(), before, after, null, null);

    private static void InRussian(Action<AuditWords> test)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        try
        {
            test(new ServiceCollection()
                .AddLogging().AddLocalization()
                .AddSingleton<TimeProvider>(new FakeTimeProvider()).AddSingleton(TimeZoneInfo.Utc)
                .AddScoped<Wording>().AddScoped<QueueWords>().AddScoped<AuditWords>()
                .BuildServiceProvider().GetRequiredService<AuditWords>());
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
