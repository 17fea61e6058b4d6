using System.Text.RegularExpressions;

namespace Diaspora.Tests.Shell;

/// <summary>Cabinet and admin are made of MudBlazor's components, as they were ordered, and the sheets stay half of what they were.</summary>
public sealed partial class ComponentsTests
{
    private const int MostLines = 1477;

    /// <summary>What is no component of MudBlazor, and why.</summary>
    private static readonly Dictionary<string, string> Plain = new()
    {
        ["Shell/Layout/Drafts.razor button"] = "A plain part of the page outside of the circuit; js/drafts.js and js/leave.js press it.",
        ["Shell/Line/LineStrip.razor button"] = "It speaks when there is no circuit.",
        ["Shell/Layout/SignOutButton.razor button"] = "A form post: cookies change, and it works without a circuit.",
        ["Shell/Theme/ThemeButton.razor button"] = "Pressed in js/theme.js, without a circuit.",
        ["Accounts/Cabinet/PasswordPage.razor button"] = "A plain page, as sign-in is: the session's cookie changes.",
        ["Shared/Status/MonthTiles.razor button"] = "A month is a tile of ours; MudBlazor has none.",
        ["Payments/Admin/Queue/PaymentQueueRow.razor button"] = "Fifty rows with two buttons each: a hundred MudButtons were a third of the circuit.",
        ["Payments/Admin/Queue/PaymentQueueRow.razor input"] = "As its buttons: a box in each of fifty rows.",
        ["Payments/Admin/Queue/QueueKeys.razor button"] = "Never seen: Ctrl+Z presses it.",
        ["Payments/Admin/Receipts/StaffReceipts.razor input"] = "A file goes by its own request, see js/receipts.js.",
        ["Payments/Cabinet/Intent/ReceiptsBox.razor input"] = "A file goes by its own request, see js/receipts.js.",
        ["Members/Admin/List/MemberCells.cs button"] = "A line's cells are one piece of markup: components in fifty lines were a megabyte of the circuit.",
        ["Members/Admin/List/MemberCells.cs input"] = "As the line's buttons.",
        ["Members/Import/Admin/ImportSheetColumns.razor select"] = "One for each of forty columns: as many MudSelects keep 3.8 MB of the circuit.",
        ["Members/Import/Admin/ImportsPage.razor input"] = "A file goes by a form post.",
        ["Cards/Admin/DoorPage.razor input"] = "A photo goes by its own request, see js/door.js.",
        ["Kaspi/Admin/StatementsPage.razor input"] = "As a list of people does.",
    };

    [Fact]
    public void Write_PagesOfCabinetAndAdmin_OfMudBlazorsComponents()
    {
        var found = (from file in Sources.OfWeb
                     let name = Sources.Short(file)["Diaspora.Web/".Length..]
                     where Rooms().IsMatch(name)
                     from Match tag in Raw().Matches(Sources.WithoutComments(File.ReadAllText(file)))
                     where !tag.Value.Contains("type=\"hidden\"", StringComparison.Ordinal)
                     select $"{name} {(tag.Groups["tag"].Success ? tag.Groups["tag"].Value : "table")}").Distinct().ToList();

        Assert.Empty(found.Except(Plain.Keys));
        Assert.Empty(Plain.Keys.Except(found));
        Assert.All(Plain.Values, reason => Assert.NotEmpty(reason));
    }

    [Fact]
    public void Write_Sheets_HalfOfWhatTheyWere()
    {
        var lines = Directory.EnumerateFiles(Path.Combine(Sources.Root, "Diaspora.Web", "wwwroot", "css")).Sum(sheet => File.ReadLines(sheet).Count());

        Assert.InRange(lines, 1, MostLines);
    }

    [GeneratedRegex("(?:^|/)(?:Cabinet|Admin|Shared|Shell)/")]
    private static partial Regex Rooms();

    [GeneratedRegex("""<(?<tag>button|input|select|textarea|table)\b[^>]*|role="table["]""")]
    private static partial Regex Raw();
}
