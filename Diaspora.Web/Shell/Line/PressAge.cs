namespace Diaspora.Web.Shell.Line;

/// <summary>
/// How old a press may be when it arrives. The browser says when it was made by the portal's own clock: each answered beat tells it what time it is here, and the
/// latest that it can be is what it counts from. So a press never seems younger than it is, and neither clock has to be right.
/// </summary>
public static class PressAge
{
    /// <summary>Ten seconds are promised. The rest is for the verb itself, and keeps what was offered again apart from what may still arrive: js/line.js offers after this.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    /// <param name="madeAt">In milliseconds, as a browser counts them.</param>
    /// <param name="now">The time here.</param>
    public static bool IsTooOld(double madeAt, DateTimeOffset now) => Milliseconds(now) - madeAt > Limit.TotalMilliseconds;

    public static double Milliseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).TotalMilliseconds;
}
