using System.Globalization;
using System.Text;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Web.Reports;
using Xunit;

namespace Diaspora.Tests.Reports;

public sealed class ReportCsvTests
{
    private static readonly Period Month = new(2026, 11);

    [Fact]
    public void Write_BeginsWithTheMarkAndTheHeader()
    {
        var file = Write();

        Assert.Equal([0xEF, 0xBB, 0xBF], file[..3]);
        Assert.Equal("ФИО;телефон;период;статус;дата подтверждения\r\n", Encoding.UTF8.GetString(file[3..]));
    }

    [Fact]
    public void Write_ConfirmedPayment_SaysItsWordAndTheLocalDay()
    {
        // The evening of the 4th in London is the night of the 5th in Almaty.
        var confirmed = new DateTime(2026, 11, 4, 20, 30, 0, DateTimeKind.Utc);

        Assert.Equal("Рзаева Гюнель;+7 701 555 01 42;2026-11;Подтверждён;05.11.2026", Line(Row("Рзаева Гюнель", MonthState.Paid, PaymentStatus.Confirmed, confirmed)));
    }

    [Theory]
    [InlineData(MonthState.Pending, PaymentStatus.Pending, "На проверке")]
    [InlineData(MonthState.Overdue, null, "Просрочено")]
    [InlineData(MonthState.Due, null, "К оплате")]
    [InlineData(MonthState.Exempt, null, "Освобождён")]
    [InlineData(MonthState.Suspended, null, "Приостановлено")]
    [InlineData(MonthState.Ahead, null, "Впереди")]
    [InlineData(MonthState.Before, null, "До вступления")]
    public void Write_NotConfirmed_SaysThePaymentsOrTheMonthsWord(MonthState state, PaymentStatus? payment, string word) =>
        Assert.Equal($"Рзаева Гюнель;+7 701 555 01 42;2026-11;{word};", Line(Row("Рзаева Гюнель", state, payment)));

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("@SUM(A1)")]
    [InlineData("-2+3")]
    [InlineData("+7 формула")]
    public void Write_NameThatIsAFormula_IsText(string name)
    {
        var line = Line(Row(name, MonthState.Due, null));

        Assert.StartsWith("'", line.TrimStart('"'), StringComparison.Ordinal);
        Assert.Contains(";+7 701 555 01 42;", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SemicolonAndQuoteInAName_StayInOneField() =>
        Assert.StartsWith("\"Иванов; \"\"Ваня\"\" Иван\";+7 701", Line(Row("Иванов; \"Ваня\" Иван", MonthState.Due, null)), StringComparison.Ordinal);

    [Fact]
    public void Write_ForAKazakhReader_IsStillRussian()
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("kk");
        try
        {
            Assert.Contains(";Просрочено;", Line(Row("Қасымова Ұлвия", MonthState.Overdue, null)), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = before;
        }
    }

    private static ReportRow Row(string name, MonthState state, PaymentStatus? payment, DateTime? confirmed = null) =>
        new(name, "+77015550142", "Алматы", state, payment, new Money(2000), confirmed);

    private static string Line(ReportRow row) => Encoding.UTF8.GetString(Write(row)).Split("\r\n")[1];

    private static byte[] Write(params ReportRow[] rows) =>
        new ReportCsv(TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty")).Write(new MonthReport(new MonthFigures(Month, 0, Money.Zero, 0, Money.Zero, 0, Money.Zero), rows));
}
