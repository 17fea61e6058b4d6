using System.Text;
using Diaspora.Domain.Import;

namespace Diaspora.Web.Members.Import;

/// <summary>
/// Finds quotes that belong to no cell: one that is never closed swallows all rows below it, and a library says nothing of it. The line that one stands in is taken for a
/// row by itself, so that it costs no other.
/// </summary>
internal static class CsvQuotes
{
    /// <summary>More than anybody writes into one cell.</summary>
    private const int LongestCell = 10_000;

    /// <summary>The text without its stray quotes, and the lines that had one, each with the place of its column.</summary>
    /// <exception cref="DomainException">There are more such lines than rows are taken.</exception>
    public static (string Text, IReadOnlyDictionary<int, int> Stray) Mend(string text, char delimiter, CancellationToken cancel)
    {
        Dictionary<int, int> stray = [];
        StringBuilder? mended = null;
        var (kept, line, widest) = (0, 1, 0);
        for (var begin = 0; begin < text.Length;)
        {
            cancel.ThrowIfCancellationRequested();
            var (end, isStray, column) = RecordAt(text, begin, delimiter, widest);
            if (isStray)
            {
                stray.Add(line, column);
                if (stray.Count > ImportLimits.MaxRows)
                {
                    throw new DomainException(Problems.ImportTooManyRows, ImportLimits.MaxRows);
                }

                end = AfterLine(text, begin);
                mended ??= new StringBuilder(text.Length);
                mended.Append(text, kept, begin - kept).Append(text[begin..end].Replace("\"", "", StringComparison.Ordinal));
                kept = end;
            }
            else
            {
                widest = Math.Max(widest, column);
            }

            line += LinesOf(text.AsSpan(begin, end - begin));
            begin = end;
        }

        return (mended is null ? text : mended.Append(text, kept, text.Length - kept).ToString(), stray);
    }

    /// <summary>The row that begins here: where the next one begins, and how many delimiters it has; for a stray quote the column it stands in.</summary>
    private static (int End, bool IsStray, int Column) RecordAt(string text, int begin, char delimiter, int widest)
    {
        for (var (at, column) = (begin, 0); ; column++)
        {
            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }

            if (at < text.Length && text[at] == '"')
            {
                var close = CloseOf(text, at);
                if (close < 0 || column > ImportLimits.MaxColumns || HasRow(text.AsSpan(at, close - at), delimiter, widest))
                {
                    return (0, true, column);
                }

                at = close + 1;
                while (at < text.Length && text[at] == ' ')
                {
                    at++;
                }

                if (at < text.Length && text[at] != delimiter && text[at] is not ('\r' or '\n'))
                {
                    return (0, true, column);
                }
            }
            else
            {
                var next = text.AsSpan(at).IndexOfAny(delimiter, '\r', '\n');
                at = next < 0 ? text.Length : at + next;
            }

            if (at == text.Length || text[at] != delimiter)
            {
                return (AfterLine(text, at), false, column);
            }

            at++;
        }
    }

    /// <summary>The quote that closes the one here; a quote written twice is a sign of the text.</summary>
    private static int CloseOf(string text, int open)
    {
        for (var at = open + 1; ; at += 2)
        {
            var next = text.AsSpan(at, Math.Min(text.Length, open + LongestCell) - at is > 0 and var room ? room : 0).IndexOf('"');
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (at + 1 == text.Length || text[at + 1] != '"')
            {
                return at;
            }
        }
    }

    /// <summary>Whether a cell over several lines has another row in it: a line with as many delimiters as the rows above.</summary>
    private static bool HasRow(ReadOnlySpan<char> cell, char delimiter, int widest)
    {
        var isFirst = true;
        foreach (var line in cell.EnumerateLines())
        {
            if (!isFirst && widest > 0 && line.Count(delimiter) >= widest)
            {
                return true;
            }

            isFirst = false;
        }

        return false;
    }

    private static int AfterLine(string text, int at)
    {
        var end = text.AsSpan(at).IndexOfAny('\r', '\n');
        return end < 0 ? text.Length : text.AsSpan(at + end).StartsWith("\r\n") ? at + end + 2 : at + end + 1;
    }

    private static int LinesOf(ReadOnlySpan<char> text) => text.Count('\n') + text.Count('\r') - text.Count("\r\n");
}
