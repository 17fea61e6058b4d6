namespace Diaspora.Bench;

internal static class LiveBench
{
    public static Task<int> RunAsync() => Task.FromResult(2);
}
