using System.Text.RegularExpressions;
using Diaspora.Tests.Shell;

namespace Diaspora.Tests.Shared;

/// <summary>All text fields of live pages go one way, so that none forgets what a person types.</summary>
public sealed partial class TextFieldsTests
{
    /// <summary>Forms whose fields nobody is to find again, and why.</summary>
    private static readonly Dictionary<string, string> KeptNowhere = new()
    {
        ["ApproveDialog"] = "The code is good once.",
    };

    private static readonly Dictionary<string, string> Components = Sources.OfWeb.Where(file => Path.GetExtension(file) == ".razor" && !Path.GetFileName(file).StartsWith('_'))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => Sources.WithoutComments(File.ReadAllText(file)));

    /// <summary>
    /// A field tells what it holds when it is left (MudBlazor's own way) or a moment after the last letter (DebounceInterval). Told at each letter, the answer to
    /// an earlier one is written over the later ones; so it is with a value and an event beside it.
    /// </summary>
    [Fact]
    public void Write_ATextField_TellsWhenItIsLeft()
    {
        var fields = Fields().ToList();

        Assert.InRange(fields.Count, 10, 1000);
        Assert.Empty(fields.Where(field => OwnEvents().IsMatch(field.Tag)).Select(field => $"{field.Component}: {field.Tag}"));
    }

    /// <summary>MudBlazor gives a field without a name another one each time: what was typed into it is not found again.</summary>
    [Fact]
    public void Write_ATextFieldOfMudBlazor_HasANameOfItsOwn() =>
        Assert.Empty(Fields().Where(field => !char.IsLower(field.Tag[1]) && !Searches().IsMatch(field.Tag) && !field.Tag.Contains("InputId=", StringComparison.Ordinal)).Select(field => $"{field.Component}: {field.Tag}"));

    /// <summary>A form says which thing it is about (data-draft, About) and when it was saved (data-saved), or js/drafts.js would put old text into another one.</summary>
    [Fact]
    public void Write_AFormWithTextFields_SaysWhatItIsAbout()
    {
        var isUsed = Components.Values.SelectMany(source => Uses().Matches(source)).Select(use => use.Groups[1].Value).ToHashSet();
        var open = Components.Keys.Where(name => !isUsed.Contains(name) && Leaves(name)).ToList();

        Assert.Equal(KeptNowhere.Keys.Order(), open.Order());
        Assert.Contains(Components.Keys, name => HasOwn(name) && Leaves(name));
    }

    /// <summary>It has fields of which nothing is said, its own or those of a part.</summary>
    private static bool Leaves(string name) =>
        !Says().IsMatch(Components[name]) && (HasOwn(name) || Uses().Matches(Components[name]).Select(use => use.Groups[1].Value).Any(part => part != name && Components.ContainsKey(part) && Leaves(part)));

    private static bool HasOwn(string name) => Fields().Any(field => field.Component == name && field.Tag.Contains("@bind", StringComparison.Ordinal) && !Searches().IsMatch(field.Tag));

    private static IEnumerable<(string Component, string Tag)> Fields() =>
        from component in Components from Match tag in Tags().Matches(component.Value) where !Boxes().IsMatch(tag.Value) select (component.Key, tag.Value);

    [GeneratedRegex(@"<(?:input|textarea|MudTextField|MudNumericField|ProblemField|MonthField)\b(?:=>|[^>])*>")]
    private static partial Regex Tags();

    [GeneratedRegex("""type="(checkbox|radio|file|hidden)""")]
    private static partial Regex Boxes();

    [GeneratedRegex("""type="search"|InputType\.Search""")]
    private static partial Regex Searches();

    [GeneratedRegex("""@on(?:input|change)\b|\bImmediate="(?!false)""")]
    private static partial Regex OwnEvents();

    [GeneratedRegex(@"<([A-Z]\w+)\b")]
    private static partial Regex Uses();

    [GeneratedRegex("data-draft=|data-saved=|<FormDialog[^>]* About=")]
    private static partial Regex Says();
}
