using System.ComponentModel.DataAnnotations;

namespace Diaspora.Web.Notifications;

/// <summary>The section <c>Notifications</c>.</summary>
public sealed class NotificationOptions
{
    public const string Section = "Notifications";

    /// <summary>How long what may be undone waits before it is told.</summary>
    [Range(0, 600, ErrorMessage = "Notifications:HoldSeconds must lie between 0 and 600.")]
    public int HoldSeconds { get; set; } = 10;

    /// <summary>How long the months, sums and reasons of a message are kept after it went.</summary>
    [Range(1, 3650, ErrorMessage = "Notifications:KeepDays must lie between 1 and 3650.")]
    public int KeepDays { get; set; } = 90;
}
