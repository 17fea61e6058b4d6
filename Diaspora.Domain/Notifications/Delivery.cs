namespace Diaspora.Domain.Notifications;

public enum DeliveryOutcome
{
    /// <summary>Whoever carries it has taken it.</summary>
    Taken,

    /// <summary>It did not go, and may the next time.</summary>
    Later,

    /// <summary>It may have gone or not.</summary>
    Unsure,

    /// <summary>The address is none, and will be none.</summary>
    NoAddress,
}

/// <summary>What came of one try to send a message.</summary>
/// <param name="Problem">In a word without any address.</param>
/// <param name="RetryAfter">How long whoever carries it wants to be left alone.</param>
public sealed record Delivery(DeliveryOutcome Outcome, string? Problem = null, TimeSpan? RetryAfter = null)
{
    public static readonly Delivery Taken = new(DeliveryOutcome.Taken);

    /// <summary>The address that is none, where there is one to be marked.</summary>
    public string? DeadMail { get; init; }

    /// <summary>The number that is none there.</summary>
    public string? DeadPhone { get; init; }

    /// <summary>By which whoever carries it knows it, where it can be asked after.</summary>
    public string? ProviderId { get; init; }

    /// <summary>What it cost, in tiyn.</summary>
    public long CostTiyn { get; init; }

    /// <summary>Browsers that are told no more: they are gone, or their owner has forbidden it there.</summary>
    public IReadOnlyList<Guid> DeadDevices { get; init; } = [];

    /// <summary>The chat that takes nothing from us any more.</summary>
    public long? DeadChat { get; init; }
}

/// <summary>Whom a message goes to, as the member is known when it goes.</summary>
public sealed record Recipient(Guid MemberId, string FullName, string? Email)
{
    public IReadOnlyList<PushDevice> Devices { get; init; } = [];

    public long? TelegramChat { get; init; }

    public string? Language { get; init; }

    public PhoneNumber? Phone { get; init; }
}
