using System.Globalization;
using Diaspora.Domain.Members;

namespace Diaspora.Domain.Kaspi;

/// <summary>What makes a line of a statement the same line in another export of the same account.</summary>
public static class StatementIdentity
{
    /// <summary>One identity for each line, in their order. Equal lines of one day are genuine: they are told apart by their place among each other.</summary>
    public static IReadOnlyList<string> Of(string? account, IReadOnlyList<StatementLine> lines)
    {
        Dictionary<string, int> seen = [];
        return [.. lines.Select(line =>
        {
            var text = line.Operation is { Length: > 0 } operation
                ? string.Join('|', account, operation, line.Kind)
                : string.Join('|', account, line.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), line.At?.ToString("HH:mm:ss", CultureInfo.InvariantCulture), line.Kind,
                    line.Tiyn.ToString(CultureInfo.InvariantCulture), NameSkeleton.Of(line.Payer), NameSkeleton.Of(line.Message));
            var ordinal = seen[text] = seen.GetValueOrDefault(text) + 1;
            return $"{text}|{ordinal}";
        })];
    }
}
