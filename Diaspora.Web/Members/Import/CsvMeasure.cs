using System.Buffers;
using Diaspora.Domain.Import;

namespace Diaspora.Web.Members.Import;

/// <summary>Looks how long the lines of a CSV are before a library reads them: it would keep a line without end in memory as a whole, and make a text of each of its cells.</summary>
internal static class CsvMeasure
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(";,\t");

    /// <exception cref="DomainException">A line is longer than one of a list of people can be; the sentence says what it looks like.</exception>
    public static void Check(string text, CancellationToken cancel)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.Length > ImportLimits.MaxLine)
            {
                cancel.ThrowIfCancellationRequested();
                throw CountSeparators(line) > ImportLimits.MaxColumns
                    ? new DomainException(Problems.ImportTooManyColumns, ImportLimits.MaxColumns)
                    : new DomainException(Problems.ImportLineTooLong, number);
            }
        }
    }

    private static int CountSeparators(ReadOnlySpan<char> line)
    {
        var count = 0;
        foreach (var sign in line)
        {
            count += Separators.Contains(sign) ? 1 : 0;
        }

        return count;
    }
}
