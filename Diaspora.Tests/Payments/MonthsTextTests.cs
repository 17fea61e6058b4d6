using System.Globalization;
using Diaspora.Web.Payments.Admin.Record;
using Diaspora.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Diaspora.Tests.Payments;

public sealed class MonthsTextTests
{
    [Theory]
    [InlineData("2026-05", "Май")]
    [InlineData("2026-05 2026-04", "Апр, Май")]
    [InlineData("2026-03 2026-04 2026-05", "Мар–Май")]
    [InlineData("2026-01 2026-03 2026-04 2026-05", "Янв, Мар–Май")]
    [InlineData("2025-12 2026-01", "Дек\u00A02025, Янв")]
    [InlineData("2025-11 2025-12 2026-01", "Ноя\u00A02025–Янв")]
    public void InGrid_SeveralMonths_TakesFewLetters(string months, string expected)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        try
        {
            Assert.Equal(expected, MonthsText.InGrid(months.Split(' ').Select(month => Period.Parse(month)), Words(), thisYear: 2026));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static Wording Words() => new ServiceCollection()
        .AddLogging().AddLocalization()
        .AddSingleton<TimeProvider>(new FakeTimeProvider()).AddSingleton(TimeZoneInfo.Utc).AddScoped<Wording>()
        .BuildServiceProvider().GetRequiredService<Wording>();
}
