using System.Text.RegularExpressions;
using Xunit;

namespace Diaspora.Tests.Shell;

/// <summary>One class knows that a press is on its way, and few places catch a refusal of the domain. The sources are read, so a new page is checked as well.</summary>
public sealed partial class RefusalsTests
{
    /// <summary>Flags whose name sounds like a press on its way, but which say something else.</summary>
    private static readonly Dictionary<string, string> OtherFlags = new()
    {
        ["Members/Admin/Card/MemberLog.razor: isOpen"] = "whether the log is unfolded",
        ["Members/Import/Admin/ImportCheckLine.razor: IsAsked"] = "whether the line waits for an answer",
        ["Members/Admin/List/MembersPageEdits.cs: isCounting"] = "the counts are read once for several edits",
    };

    /// <summary>The files that catch a refusal, how many catches each has, and why.</summary>
    private static readonly Dictionary<string, (int Times, string Why)> Takers = new()
    {
        ["Shared/Live/Press.cs"] = (2, "what a press was refused for"),
        ["Shared/Live/Reading.cs"] = (1, "what may not be read"),
        ["Shared/Refusals/RefusalAnswers.cs"] = (1, "what a plain request is answered with"),
        ["Shared/Live/LiveRefresh.razor.cs"] = (1, "a page that is open goes on listening"),
        ["Payments/Admin/Decide/Decisions.cs"] = (1, "a colleague was faster: the dialog goes, and the page says it"),
        ["Accounts/Entrance.cs"] = (3, "a form sent twice lets its owner in; machines read the status 429"),
        ["Rights/ConsentFirst.cs"] = (1, "who is blocked is not asked: what they came for says so"),
        ["Rights/Cabinet/ConsentGate.razor"] = (1, "the same"),
        ["Accounts/MemberLanguage.cs"] = (1, "the language is kept in the browser whoever may not keep it in the profile"),
        ["Members/Admin/Actions/AddMemberDialog.razor"] = (1, "a look at who is there already; what may not be done is said when it is pressed"),
        ["Members/Admin/Actions/OwedMonthsActions.cs"] = (1, "a payment came between the question and the answer, so it is asked anew"),
        ["Members/Import/Admin/ImportQuestions.razor"] = (2, "the answers stand beside their questions, and so does what is wrong with them"),
        ["Members/Import/ImportEndpoints.cs"] = (1, "the answer is the page of the form, with the code in its address"),
        ["Members/Import/XlsxReader.cs"] = (1, "what is wrong with a hidden sheet refuses nobody's file: it is named as not read"),
        ["Kaspi/Admin/Upload/StatementEndpoints.cs"] = (2, "the answer is the page of the form, which says it; columns that do not fit any more are asked for anew"),
        ["Kaspi/Statements/StatementReader.cs"] = (1, "what the readers of sheets say of a spreadsheet is said of a statement"),
        ["Payments/PayerEndpoints.cs"] = (3, "the answer is the page of the form, which says it"),
        ["Payments/ReceiptEndpoints.cs"] = (1, "one answer for several files"),
        ["Backups/BackupEndpoints.cs"] = (2, "the answer is the page of the backups, which says it"),
        ["Backups/DailyBackup.cs"] = (1, "an admin makes one at this moment: the next minute asks again"),
        ["Health/HealthReadings.cs"] = (1, "the page shows the parts also while the database does not answer"),
        ["Shell/Operations/Startup.cs"] = (1, "the start stops and names the setting"),
    };

    [Fact]
    public void Hold_ABusyFlag_OnlyThePress()
    {
        var flags =
            from file in Sources.OfWeb
            where !file.EndsWith("Shared/Live/Press.cs", StringComparison.Ordinal)
            let source = Sources.WithoutComments(File.ReadAllText(file))
            from flag in FlagsOf(source)
            let line = $"{InWeb(file)}: {flag}"
            where !OtherFlags.ContainsKey(line)
            select line;
        None(flags);
    }

    [Fact]
    public void Take_ARefusal_OnlyWhereThePageDoesSomethingElseWithIt()
    {
        var found = Sources.OfWeb
            .Select(file => (File: InWeb(file), Times: Catches().Count(Sources.WithoutComments(File.ReadAllText(file)))))
            .Where(file => file.Times > 0).ToDictionary(file => file.File, file => file.Times);
        var wrong = found.Where(file => file.Value != Takers.GetValueOrDefault(file.Key).Times).Select(file => $"{file.Key} takes {file.Value}")
            .Concat(Takers.Keys.Except(found.Keys).Select(file => $"{file} takes none any more"));
        None(wrong);
    }

    /// <summary>A button that becomes disabled under a finger or a key loses the focus.</summary>
    [Fact]
    public void Disable_AButtonWhileItsPressIsOnItsWay_OnlyForAria() => None(
        from file in Sources.OfWeb
        where file.EndsWith(".razor", StringComparison.Ordinal)
        from match in BusyDisabled().Matches(Sources.WithoutComments(File.ReadAllText(file)))
        select $"{InWeb(file)}: {match.Value}");

    /// <summary>The patterns of the tests above find what they are meant to find.</summary>
    [Theory]
    [InlineData("private bool busy;", "busy")]
    [InlineData("private readonly HashSet<Guid> _busy = [];", "_busy")]
    [InlineData("private bool isSending = false;", "isSending")]
    [InlineData("private bool hot; void A() { if (hot) { return; } hot = true; B(); hot = false; }", "hot")]
    [InlineData("private bool hot; void A() { if (hot || Form is null) return; (hot, wrong) = (true, null); B(); hot = false; }", "hot")]
    [InlineData("private bool shown; void A() { if (shown) { shown = false; B(); } }", null)]
    public void Look_AtAField_TellsAPressFromOthers(string source, string? flag) => Assert.Equal(flag, FlagsOf(source).SingleOrDefault());

    /// <summary>Says all that is wrong: a comparison shows the beginning.</summary>
    private static void None(IEnumerable<string> wrong)
    {
        var all = string.Join('\n', wrong);
        Assert.True(all.Length == 0, all);
    }

    private static string InWeb(string file) => Sources.Short(file)["Diaspora.Web/".Length..];

    /// <summary>A busy flag is known by its name, or by its use: a method returns when it is set, sets it, and sets it back.</summary>
    private static IEnumerable<string> FlagsOf(string source) =>
        from field in Fields().Matches(source)
        let name = field.Groups["name"].Value
        where BusyNames().IsMatch(name) || (Regex.IsMatch(source, $@"if \(!?{name}\b[^{{;]*\)\s*\{{?\s*return") && IsSet(source, name, "true") && IsSet(source, name, "false"))
        select name;

    private static bool IsSet(string source, string name, string value) =>
        Regex.IsMatch(source, $@"\b{name} = {value};|\([^()]*\b{name}\b[^()]*\) = \([^;]*\b{value}\b");

    [GeneratedRegex(@"private (?:readonly )?(?:bool|HashSet<\w+>) (?<name>\w+)\b")]
    private static partial Regex Fields();

    [GeneratedRegex("^_?(?:is|was)?(?:busy|asking|asked|open|sending|saving|working|merging|deciding|inFlight)$", RegexOptions.IgnoreCase)]
    private static partial Regex BusyNames();

    [GeneratedRegex("(?<!aria-)disabled=\"@[^\"]*(?:busy|asking)[^\"]*\"", RegexOptions.IgnoreCase)]
    private static partial Regex BusyDisabled();

    [GeneratedRegex(@"catch \((?:Domain|Form)Exception\b")]
    private static partial Regex Catches();
}
