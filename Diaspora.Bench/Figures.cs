using System.Globalization;

namespace Diaspora.Bench;

internal static class Figures
{
    public static void Machine() =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}"));

    /// <summary>Prints median and p95 of the given milliseconds as a line of a Markdown table.</summary>
    public static void Line(string what, IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {sorted.Length} | {sorted[sorted.Length / 2]:0.00} | {sorted[(int)(sorted.Length * .95)]:0.00} |"));
    }

    public static void Header(string unit)
    {
        Console.WriteLine($"| what | runs | median, {unit} | p95, {unit} |");
        Console.WriteLine("|---|---|---|---|");
    }
}
