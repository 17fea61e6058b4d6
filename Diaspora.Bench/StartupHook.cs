using Diaspora.Bench;

/// <summary>The runtime calls it in a portal that the bench has started, before the portal itself: its name and place are the runtime's.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Inside.Door) is { Length: > 0 } door)
        {
            Inside.Listen(door);
        }
    }
}
