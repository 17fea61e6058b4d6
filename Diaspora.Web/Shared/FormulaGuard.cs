namespace Diaspora.Web.Shared;

/// <summary>
/// A cell of a file that a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets do not show. What begins with apostrophes and then so
/// gets another one: whoever reads the file again takes one off, and has what was written.
/// </summary>
public static class FormulaGuard
{
    /// <summary>The signs a formula can begin with, the full-width ones of East Asian keyboards too: some programs take them for the others.</summary>
    private const string Signs = "=+-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n";

    /// <summary>Whether a text is guarded in a file.</summary>
    public static bool Needs(string text) => text.TrimStart('\'') is [var first, ..] && Signs.Contains(first, StringComparison.Ordinal);

    public static string Guard(string text) => Needs(text) ? "'" + text : text;

    /// <summary>For a cell that is text whatever it holds: only an apostrophe that a reader would take for the guard needs another one.</summary>
    public static string GuardText(string text) => text is ['\'', ..] ? Guard(text) : text;
}
