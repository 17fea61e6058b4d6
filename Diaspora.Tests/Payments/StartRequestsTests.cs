using System.Net;
using System.Text.RegularExpressions;
using Diaspora.Data.Demo;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;

namespace Diaspora.Tests.Payments;

/// <summary>«Создать платёж» in a browser without scripts, which is what a press is that comes before the circuit.</summary>
public sealed partial class StartRequestsTests(PortalHost portal)
{
    private const string Page = "/cabinet/pay";

    [Fact]
    public async Task Start_TheFormTwiceAtOnce_IsOnePaymentAndGoesOnToIt()
    {
        using var member = await SignInAsync(DemoData.Accounts[4]);
        var page = await member.ReadAsync($"{Page}?all=true");
        var months = Month().Matches(page).Select(month => month.Groups["period"].Value).Skip(2).Take(2).ToList();
        var form = FormOf(page);

        var answers = await Task.WhenAll(member.SendAsync(form, Ticked(months)), member.SendAsync(form, Ticked(months)));
        var later = await member.SendAsync(form, Ticked(months));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
        var intent = Assert.Single(answers.Append(later).Select(answer => answer.Location).Distinct());
        Assert.Matches("^/cabinet/pay/[0-9a-f-]{36}$", intent);
        var step = await member.ReadAsync(intent!);
        Assert.Contains("4 000 ₸", step, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithNothingTickedOrAnotherSum_ComesBackToTheSameChoiceWithASentence()
    {
        using var member = await SignInAsync(PortalHost.Debtor);
        var form = FormOf(await member.ReadAsync(Page));
        var month = Month().Matches(await member.ReadAsync(Page))[1].Groups["period"].Value;

        var nothing = await member.SendAsync(form);
        Assert.Equal("/cabinet/pay?months=&refused=NothingChosen", nothing.Location);
        Assert.Contains("role=\"alert\"", await member.ReadAsync(nothing.Location!), StringComparison.Ordinal);

        form.Hidden["seen"] = $"{month}:1";
        var changed = await member.SendAsync(form, Ticked([month]));
        Assert.Equal($"/cabinet/pay?months={month}&refused=AmountChanged", changed.Location);
        var page = await member.ReadAsync(changed.Location!);
        Assert.Contains("Платёж не создан", page, StringComparison.Ordinal);
        Assert.Equal([month], Chosen().Matches(page).Select(box => box.Groups["period"].Value));
    }

    [Theory]
    [InlineData("NotWritten", "Не записано")]
    [InlineData("NotRead", "не может открыть данные")]
    [InlineData("ChangedMeanwhile", "изменили на другом устройстве")]
    [InlineData("MonthPaid", "Платёж не создан: месяцы или сумма изменились")]
    public async Task Start_Refused_SaysWhatItWas(string code, string sentence)
    {
        using var member = await SignInAsync(PortalHost.Debtor);
        Assert.Contains(sentence, await member.ReadAsync($"{Page}?months=&refused={code}"), StringComparison.Ordinal);
    }

    /// <summary>A foreign page must not say for somebody that they have paid.</summary>
    [Fact]
    public async Task Claim_WithoutAToken_ClaimsNothing()
    {
        using var member = await SignInAsync(DemoData.Accounts[4]);
        var page = await member.ReadAsync($"{Page}?all=true");
        var step = (await member.SendAsync(FormOf(page), Ticked([Month().Matches(page)[^1].Groups["period"].Value]))).Location!;
        var claim = ($"{step}/claim", FormOf(page).Hidden);
        var bare = ($"{step}/claim", new Dictionary<string, string>());

        Assert.Equal(HttpStatusCode.BadRequest, (await member.SendAsync(bare)).Status);
        Assert.Contains($"{step}/claim", await member.ReadAsync(step), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await member.SendAsync(claim)).Status);
        Assert.DoesNotContain($"{step}/claim", await member.ReadAsync(step), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutATokenOrASession_MakesNothing()
    {
        using var member = await SignInAsync(PortalHost.Debtor);
        var form = FormOf(await member.ReadAsync(Page));
        form.Hidden.Remove("__RequestVerificationToken");
        Assert.Equal(HttpStatusCode.BadRequest, (await member.SendAsync(form, Ticked(["2027-01"]))).Status);

        // Whose session has ended comes back to the choice after signing in, not to an address that only takes forms.
        using var nobody = new Visitor(portal);
        nobody.Headers.Referrer = new Uri(portal.Address, "/cabinet/pay?months=2027-01");
        var asked = await nobody.SendAsync(form, Ticked(["2027-01"]));
        Assert.Equal("/auth/login?returnUrl=%2Fcabinet%2Fpay%3Fmonths%3D2027-01", asked.Location);
        nobody.Headers.Referrer = new Uri("https://elsewhere.example/cabinet/pay?months=2027-01");
        Assert.Equal("/auth/login?returnUrl=%2Fcabinet%2Fpay%2Fstart", (await nobody.SendAsync(form, Ticked(["2027-01"]))).Location);
    }

    private static (string Name, string Value)[] Ticked(IEnumerable<string> months) => [.. months.Select(month => ("months", month))];

    private static (string Action, Dictionary<string, string> Hidden) FormOf(string page)
    {
        var form = Form().Match(page);
        Assert.True(form.Success, "There is no form to start a payment with.");
        return ("/cabinet/pay/start", Hidden().Matches(form.Value).ToDictionary(field => field.Groups["name"].Value, field => field.Groups["value"].Value));
    }

    private async Task<Visitor> SignInAsync(DemoAccount who)
    {
        var visitor = new Visitor(portal);
        await visitor.SendAsync("/auth/login", ("Form.Phone", who.Phone), ("Form.Password", who.Password));
        return visitor;
    }

    [GeneratedRegex("""<form [^>]*action="/cabinet/pay/start".*?</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)" />""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""<input (?=[^>]*type="checkbox")(?=[^>]*name="months")[^>]*value="(?<period>[^"]*)"[^>]*>""")]
    private static partial Regex Month();

    [GeneratedRegex("""<input (?=[^>]*type="checkbox")(?=[^>]*name="months")(?=[^>]* checked)[^>]*value="(?<period>[^"]*)"[^>]*>""")]
    private static partial Regex Chosen();
}
