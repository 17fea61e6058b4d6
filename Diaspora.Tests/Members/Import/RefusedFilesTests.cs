using System.Text.RegularExpressions;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Diaspora.Tests.Shell;
using Diaspora.Web.Shared.Refusals;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Tests.Members.Import;

/// <summary>A file comes by a plain form, and why it was refused goes back in an address. The page says it, whatever the reason was.</summary>
public sealed partial class RefusedFilesTests(PortalHost portal)
{
    /// <summary>Of a cell, not of the file: the list of rows says it.</summary>
    private static readonly string[] OfACell = ["ImportCell", "ImportPhone", "ImportColour", "ImportSum"];

    [Fact]
    public Task Refuse_ASpreadsheet_IsSaidOnThePage() => SaidAsync(
        PortalHost.Admin, code => $"/admin/members/import?problem={code}&at=7",
        Codes(Sources.OfWeb, "Members/Import/").Where(code => !OfACell.Any(kind => code.StartsWith(kind, StringComparison.Ordinal))));

    [Fact]
    public async Task Refuse_AReceipt_IsSaidOnThePage()
    {
        var intent = await ExampleData.IntentOfDebtorAsync(portal);
        await SaidAsync(PortalHost.Debtor, code => $"/cabinet/pay/{intent}?receipt={code}", Codes(Sources.OfData, "Payments/Receipt", "Payments/Pdf", "Payments/Jpeg").Append(Problems.FilePhoneFormat));
    }

    private async Task SaidAsync(Diaspora.Data.Demo.DemoAccount who, Func<string, string> address, IEnumerable<string> codes)
    {
        using var reader = new Visitor(portal);
        await reader.SendAsync("/auth/login", ("Form.Phone", who.Phone), ("Form.Password", who.Password));
        List<string> silent = [];
        foreach (var code in codes.Concat([Problems.QuotaSpent, Problems.NotWritten, Problems.NotRead]))
        {
            if (!(await reader.ReadAsync(address(code))).Contains(Beginning(code), StringComparison.Ordinal))
            {
                silent.Add(code);
            }
        }

        Assert.Empty(silent);
    }

    /// <summary>Of the sentence, up to a number in it.</summary>
    private string Beginning(string code)
    {
        using var scope = portal.Services.CreateScope();
        var words = scope.ServiceProvider.GetRequiredService<ProblemWords>();
        return Web.Shell.Localization.Languages.In("ru", () => words.Of(new Problem(code, "|"))).Replace('\u00A0', ' ').Split('|')[0];
    }

    private static string[] Codes(IEnumerable<string> sources, params string[] folders)
    {
        string[] codes =
        [
            .. sources.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && folders.Any(folder => Sources.Short(file).Contains(folder, StringComparison.Ordinal)))
                .Where(file => !Sources.Short(file).Contains("Admin", StringComparison.Ordinal))
                .SelectMany(file => Code().Matches(File.ReadAllText(file))).Select(match => match.Groups["code"].Value).Distinct().Order(StringComparer.Ordinal),
        ];
        Assert.True(codes.Length > 5);
        return codes;
    }

    [GeneratedRegex(@"Problems\.(?<code>[A-Z]\w+)")]
    private static partial Regex Code();
}
