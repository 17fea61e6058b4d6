using System.Net;
using System.Text.Json;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Dues;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Audit;
using Diaspora.Web.Content;
using Diaspora.Web.Members.Admin.List;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Shared.Live;
using Xunit;

namespace Diaspora.Tests.Shell;

/// <summary>Addresses as people and machines really write them, and what a page may carry.</summary>
public sealed class AddressesTests(PortalHost portal)
{
    [Theory]
    [InlineData("/страница", "/%D1%81%D1%82%D1%80%D0%B0%D0%BD%D0%B8%D1%86%D0%B0")]
    [InlineData("/about?q=1", "/about?q=1")]
    [InlineData("//evil.example", "/")]
    public async Task ChooseLanguage_OnAnyPage_LeadsBackToIt(string to, string expected)
    {
        using var visitor = new Visitor(portal);

        using var answer = await visitor.GetAsync($"/lang/kk?to={Uri.EscapeDataString(to)}");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/cabinet?year=abc")]
    [InlineData("/cabinet/payments?year=99999999999")]
    public async Task Open_WithAYearThatIsNone_ShowsThePage(string address)
    {
        using var member = new Visitor(portal);
        await member.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));

        using var answer = await member.GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("2147483647", 1_000_000)]
    [InlineData("99999999999", 1)]
    [InlineData("-4", 1)]
    [InlineData("0", 1)]
    [InlineData("12", 12)]
    [InlineData(null, 1)]
    public void Parse_AnyPageNumber_IsOneTheDatabaseCanSkipTo(string? text, int expected)
    {
        Assert.Equal(expected, PaymentQuery.Parse(null, null, null, text, null).Filter.Number);
        Assert.Equal(expected, MemberQuery.Parse(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { ["page"] = text }).Number);
        Assert.Equal(expected, AuditQuery.Parse(null, null, text).Number);
    }

    [Fact]
    public void Carry_AFullQueueOfLongNames_FitsIntoTheCircuit()
    {
        var name = new string('Ә', 250);
        var row = new PaymentRow(
            Guid.NewGuid(), "512734", Guid.NewGuid(), name, "+77015550142", name,
            [.. Enumerable.Range(1, 12).Select(month => new PaymentMonth(new Period(2026, month), new Money(2000), PaymentStatus.Pending))],
            PaymentMethod.KaspiTransfer, DateTime.UnixEpoch, DateTime.UnixEpoch,
            [.. Enumerable.Range(0, 10).Select(_ => new ReceiptRow(Guid.NewGuid(), name, "application/pdf", 1))], name, DateTime.UnixEpoch, name);

        var queue = new Page<PaymentRow>([.. Enumerable.Repeat(row.InShort(), PaymentFilter.Size)], PaymentFilter.Size, 1, PaymentFilter.Size);

        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(queue).Length, 1, Carried.MostBytes);
        Assert.Equal(9, row.InShort().InShort().MoreReceipts);
    }

    [Theory]
    [InlineData("contacts")]
    [InlineData("privacy")]
    public void FillIn_WithoutContacts_InventsNone(string slug)
    {
        var text = File.ReadAllText(Path.Combine(Sources.Root, "Diaspora.Web", "Content", "Defaults", $"{slug}.ru.md"));

        var settings = new SettingsSnapshot(MemberStory.Joined("2026-01-05").Rules) { Association = new AssociationOptions { Phone = " " }.ToContacts() };

        var filled = ContentGaps.FillIn(text, settings, MemberStory.Utc("2026-05-08"), "ru", "contacts");

        Assert.DoesNotContain("{", filled, StringComparison.Ordinal);
        Assert.DoesNotContain("mailto:", filled, StringComparison.Ordinal);
        Assert.DoesNotContain("+7", filled, StringComparison.Ordinal);
        Assert.DoesNotContain("()", filled, StringComparison.Ordinal);
    }
}
