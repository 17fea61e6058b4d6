using System.Text.RegularExpressions;
using Diaspora.Domain;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Tests.Payments;

/// <summary>What a member took back themselves is no refusal, wherever a person reads of it: every page there is, for the member and for staff.</summary>
public sealed partial class CancelledPaymentTests(PortalHost portal) : IAsyncLifetime
{
    private const string Secret = "верблюд пьёт чай";
    private readonly Visitor _member = new(portal);
    private readonly Visitor _staff = new(portal);
    private PaymentRow _row = null!;
    private string _number = "";

    public async ValueTask InitializeAsync()
    {
        var phone = $"+7702{Random.Shared.Next(10_000_000):0000000}";
        await _member.SendAsync("/auth/register", ("Form.FullName", "Отменяева Севда"), ("Form.Phone", phone), ("Form.Password", Secret), ("Form.City", "Семей"), ("Form.Consent", "true"));
        await _staff.SendAsync("/admin/login", ("Form.Phone", PortalHost.Admin.Phone), ("Form.Password", PortalHost.Admin.Password));
        await using var scope = portal.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IStore>();
        var member = new Actor(await store.ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(phone))), "127.0.0.1", "tests");
        var months = (await scope.ServiceProvider.GetRequiredService<CabinetService>().CabinetAsync(member)).Payable.Take(2).ToList();
        var payments = scope.ServiceProvider.GetRequiredService<PaymentService>();
        var intent = await payments.StartAsync(member, new StartPaymentForm { Periods = [.. months.Select(month => month.Period)], SeenTotal = Money.Sum(months.Select(month => month.Amount)) });
        await payments.CancelAsync(member, intent);
        _row = (await payments.IntentAsync(member, intent)).Row;
        _number = await store.ReadAsync(async work => (await work.Members.CardAsync(member.MemberId!.Value))!.Person.Number);
    }

    public ValueTask DisposeAsync()
    {
        _member.Dispose();
        _staff.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Show_OwnCancel_IsGreyAndCancelledOnEveryPage()
    {
        List<string> wrong = [], told = [];
        foreach (var (address, visitor) in Pages())
        {
            var page = await visitor.ReadAsync(address);
            if (Refused().IsMatch(page))
            {
                wrong.Add(address);
            }

            if (Cancelled().IsMatch(page))
            {
                told.Add(address);
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(["/cabinet", "/cabinet/payments", $"/cabinet/pay/{_row.IntentId}", $"/admin/members/{_number}", Queue, $"/admin/payments/{_row.IntentId}"], told);
    }

    [Fact]
    public async Task Show_OwnCancelInKazakh_HasItsOwnWord()
    {
        await _member.GetAsync("/lang/kk?to=/cabinet");
        Assert.Matches(@"<span class=""mud-chip mud-chip-size[^""]* s-before"">(?:(?!</span>).)*Бас тартылды", await _member.ReadAsync("/cabinet/payments"));
    }

    private string Queue => $"/admin/payments?status=rejected&q={_row.Code}";

    /// <summary>All pages of a member and of staff; where a page lists many people, asked for this one.</summary>
    private IEnumerable<(string Address, Visitor Reader)> Pages() =>
        from page in PortalPages.All
        let area = PortalPages.AreaOf(page.Page)
        where area is "Cabinet" or "Admin"
        let isCabinet = area == "Cabinet"
        let address = page.Template switch
        {
            "/admin/payments" => Queue,
            "/cabinet/pay/{IntentId:guid}" or "/admin/payments/{Id:guid}" => $"{page.Template[..page.Template.IndexOf('{', StringComparison.Ordinal)]}{_row.IntentId}",
            "/admin/members/{Number}" => $"/admin/members/{_number}",
            var template => template,
        }
        where !address.Contains('{', StringComparison.Ordinal)
        orderby isCabinet descending, address.Contains("/pay/", StringComparison.Ordinal), address
        select (address, isCabinet ? _member : _staff);

    /// <summary>A chip or a line of the log about this payment that says it was refused.</summary>
    [GeneratedRegex(@"<span class=""mud-chip mud-chip-size[^""]*"">(?:(?!</span>).)*Отклонён|Отклонён \(отменена участником\)", RegexOptions.Singleline)]
    private static partial Regex Refused();

    [GeneratedRegex(@"<span class=""mud-chip mud-chip-size[^""]* s-before"">(?:(?!</span>).)*Отменён", RegexOptions.Singleline)]
    private static partial Regex Cancelled();
}
