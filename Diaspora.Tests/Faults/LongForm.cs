namespace Diaspora.Tests.Faults;

/// <summary>How often the fault tests do what they do: a few times on each run, and many times where <c>DIASPORA_FAULTS=long</c> asks for the table in docs/reliability.md.</summary>
internal static class LongForm
{
    /// <summary>Milliseconds for one test.</summary>
    public const int Patience = 1_500_000;

    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("DIASPORA_FAULTS") == "long";

    public static int Of(int few, int many) => IsAsked ? many : few;

    /// <summary>The line by which a run is judged; nothing killed or nothing acknowledged proves nothing.</summary>
    public static void Say(string what, int kills, int acknowledged, IReadOnlyCollection<string> losses, IReadOnlyCollection<string> doubles)
    {
        Console.WriteLine($"{what}: kills={kills} acknowledged={acknowledged} losses={losses.Count} doubles={doubles.Count}");
        Assert.True(kills > 0 && acknowledged > 0, "Nothing was killed, or nothing acknowledged.");
        Assert.Equal("", string.Join('\n', losses.Concat(doubles)));
    }
}
