using Diaspora.Tests.Faults;

/// <summary>The runtime calls it in a portal that a test of faults has started, before the portal itself: its name and place are the runtime's.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(InsideWork.Wanted) is { Length: > 0 })
        {
            InsideWork.Begin();
        }
    }
}
