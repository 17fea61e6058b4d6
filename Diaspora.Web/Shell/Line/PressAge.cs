using Diaspora.Data;

namespace Diaspora.Web.Shell.Line;

/// <summary>
/// How old a press may be when it arrives. The browser says when it was made by the portal's own clock: each answered beat tells it what time it is here, and the
/// latest that it can be is what it counts from. So a press never seems younger than it is, and neither clock has to be right.
/// </summary>
public static class PressAge
{
    /// <summary>Nothing is performed later than this after it was pressed.</summary>
    public static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    /// <summary>The rest is what a verb may wait before it begins. js/line.js offers a press again only after this, so that none happens twice.</summary>
    public static readonly TimeSpan Limit = Promised - DatabaseOptions.VerbPatience;

    /// <param name="madeAt">In milliseconds, as a browser counts them.</param>
    /// <param name="now">The time here.</param>
    public static bool IsTooOld(double madeAt, DateTimeOffset now) => Milliseconds(now) - madeAt > Limit.TotalMilliseconds;

    public static double Milliseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).TotalMilliseconds;
}
