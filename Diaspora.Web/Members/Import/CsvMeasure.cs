using System.Buffers;
using Diaspora.Domain.Import;

namespace Diaspora.Web.Members.Import;

/// <summary>
/// Looks how long the lines of a CSV are before a library reads them: it would keep a line without end, or a quote that is never closed, in memory as a whole, and
/// make a text of each of its cells.
/// </summary>
internal static class CsvMeasure
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("\";,\t\r\n");

    /// <exception cref="DomainException">A line is longer than one of a list of people can be; the sentence says what it looks like.</exception>
    public static void Check(string text, CancellationToken cancel)
    {
        var (begin, firstLine, line, separators) = (0, 1, 1, 0);
        var isQuoted = false;
        for (var at = 0; ; at++)
        {
            var next = text.AsSpan(at).IndexOfAny(Signs);
            at = next < 0 ? text.Length : at + next;
            if (at - begin > ImportLimits.MaxLine)
            {
                throw separators > ImportLimits.MaxColumns ? new DomainException(Problems.ImportTooManyColumns, ImportLimits.MaxColumns)
                    : new DomainException(isQuoted ? Problems.ImportQuote : Problems.ImportLineTooLong, firstLine);
            }

            if (at == text.Length)
            {
                return;
            }

            if (text[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[at] is not ('\r' or '\n'))
            {
                separators += isQuoted ? 0 : 1;
            }
            else if (text[at] == '\n' || at + 1 == text.Length || text[at + 1] != '\n')
            {
                cancel.ThrowIfCancellationRequested();
                line++;
                if (!isQuoted)
                {
                    (begin, firstLine, separators) = (at + 1, line, 0);
                }
            }
        }
    }
}
