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

    /// <summary>How long a claim may wait before cashiers and admins are told of it.</summary>
    [Range(1, 720, ErrorMessage = "Notifications:ClaimsWaitingHours must lie between 1 and 720.")]
    public int ClaimsWaitingHours { get; set; } = 24;

    public PushOptions Push { get; set; } = new();

    public TelegramOptions Telegram { get; set; } = new();

    public WhatsAppOptions WhatsApp { get; set; } = new();

    public SmsOptions Sms { get; set; } = new();
}

/// <summary>The section <c>Notifications:Push</c>.</summary>
public sealed class PushOptions
{
    /// <summary>Whether phones are told at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The pair by which push services know this portal, in base64url; left out, one is made and kept.</summary>
    public string? PublicKey { get; set; }

    public string? PrivateKey { get; set; }

    /// <summary>Push services beside those of the usual browsers, as origins: https://push.example.kz</summary>
    public string[] Services { get; set; } = [];

    /// <summary>Neither or both.</summary>
    public bool HasWholeKey => string.IsNullOrEmpty(PublicKey) == string.IsNullOrEmpty(PrivateKey);
}
