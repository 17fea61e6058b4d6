namespace Diaspora.Domain.Notifications;

/// <summary>At night the portal writes to nobody by itself.</summary>
public static class QuietHours
{
    /// <summary>Nobody is written to before this hour, nor from <see cref="Last"/> on, by the association's clock.</summary>
    public const int First = 9;

    public const int Last = 21;

    public static bool IsAwake(TimeZoneInfo zone, DateTime nowUtc) => TimeZoneInfo.ConvertTimeFromUtc(nowUtc, zone).Hour is >= First and < Last;
}
