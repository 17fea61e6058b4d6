using System.Text.RegularExpressions;

namespace Diaspora.Tests.Shell;

/// <summary>Members load none of the staff's sheets, so nothing they see may be dressed there alone.</summary>
public sealed partial class SheetsTests
{
    private static readonly string[] Staffs = ["rail", "admin", "queue", "record", "member", "members", "duplicates", "import"];

    private static readonly string[] Everybodys = ["base", "ledger", "shell", "cabinet", "dialogs"];

    /// <summary>The same word for another thing: staff's rules of it are not meant for members.</summary>
    private static readonly string[] Apart = ["none", "under"];

    [Fact]
    public void Dress_WhatMembersSee_NotInTheStaffsSheets()
    {
        var dressed = ClassesOf(Staffs);
        var worn = Sources.OfWeb.Where(IsForMembers).SelectMany(file => Attributes().Matches(Sources.WithoutComments(File.ReadAllText(file)))).SelectMany(attribute => Names().Matches(attribute.Groups["value"].Value)).Select(name => name.Value).ToHashSet(StringComparer.Ordinal);

        Assert.Contains("filerow", worn);
        Assert.Contains("adm", dressed);
        Assert.Empty(worn.Intersect(dressed).Except(ClassesOf(Everybodys)).Except(Apart));
    }

    private static HashSet<string> ClassesOf(string[] sheets) => sheets.SelectMany(sheet => Alone().Matches(Read(sheet))).Select(rule => rule.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    private static bool IsForMembers(string file) => file.EndsWith(".razor", StringComparison.Ordinal) && (Sources.Short(file).Contains("/Cabinet/", StringComparison.Ordinal) || Path.GetFileName(file) is "MonthDialog.razor" or "MonthPayment.razor" or "FormDialog.razor" or "StatusChip.razor" or "MonthTiles.razor" or "CabinetLayout.razor");

    private static string Read(string sheet) => Comments().Replace(File.ReadAllText(Path.Combine(Sources.Root, "Diaspora.Web", "wwwroot", "css", $"{sheet}.css")), "");

    /// <summary>A rule for this class wherever it stands.</summary>
    [GeneratedRegex(@"(?<=^|[,}{])\s*\.(?<name>[a-z][\w-]*)(?::[\w-]+)?\s*(?=[,{])", RegexOptions.Multiline)]
    private static partial Regex Alone();

    /// <summary>With an expression or without.</summary>
    [GeneratedRegex("""\bclass="(?<value>@\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|[^"@]*)["]""", RegexOptions.IgnoreCase)]
    private static partial Regex Attributes();

    [GeneratedRegex(@"(?<![\w.(])[a-z][\w-]*(?![\w.(])")]
    private static partial Regex Names();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();
}
