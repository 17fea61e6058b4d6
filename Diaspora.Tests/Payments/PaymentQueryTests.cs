using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Queue;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Diaspora.Tests.Payments;

public sealed class PaymentQueryTests
{
    private static readonly Guid Intent = new("01a204dd-da89-7789-8945-a96fe2156f74");

    public static TheoryData<PaymentQuery> Queries =>
    [
        new PaymentQuery(new PaymentFilter()),
        new PaymentQuery(new PaymentFilter(Status: null)),
        new PaymentQuery(new PaymentFilter(PaymentStatus.Confirmed, new Period(2026, 5), "Əliyev & сыновья +7 701", 3), Intent),
        new PaymentQuery(new PaymentFilter(PaymentStatus.Rejected, Search: "50%?#=")),
        new PaymentQuery(new PaymentFilter(PaymentStatus.Refunded), Intent),
        new PaymentQuery(new PaymentFilter { Method = PaymentMethod.KaspiQr, NeedsAttention = true, Sort = PaymentSort.Sum, IsReversed = true }),
        new PaymentQuery(new PaymentFilter { IsReversed = true }),
        new PaymentQuery(new PaymentFilter(Status: null) { Sort = PaymentSort.Name }),
    ];

    [Theory]
    [MemberData(nameof(Queries))]
    public void Parse_OfItsOwnAddress_IsTheSame(PaymentQuery query) => Assert.Equal(query, Read(query.Url));

    [Fact]
    public void Url_OfTheUsualQueue_SaysNothing() => Assert.Equal("/admin/payments", new PaymentQuery(new PaymentFilter()).Url);

    [Fact]
    public void Parse_Nonsense_IsTheUsualQueue() => Assert.Equal(new PaymentQuery(new PaymentFilter()), PaymentQuery.Parse("1", "2026-13", "  ", "-4", "none"));

    [Fact]
    public void With_AnotherStatus_BeginsOnTheFirstPageWithNothingOpen() =>
        Assert.Equal(
            new PaymentQuery(new PaymentFilter(PaymentStatus.Confirmed, null, "Али")),
            new PaymentQuery(new PaymentFilter(Search: "Али", Number: 7), Intent).With(PaymentStatus.Confirmed));

    private static PaymentQuery Read(string url)
    {
        var query = QueryHelpers.ParseQuery(new Uri(new Uri("https://portal"), url).Query);
        return PaymentQuery.Parse(Value("status"), Value("month"), Value("q"), Value("page"), Value("intent"), Value("method"), Value("sort"), Value("attention"));

        string? Value(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
    }
}
