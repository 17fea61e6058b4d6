namespace Diaspora.Domain.Notifications;

/// <summary>What somebody is told of. Stored by number.</summary>
public enum Cause
{
    PaymentConfirmed = 1,
    PaymentRejected = 2,
    PaymentRefunded = 3,
    RegistrationAccepted = 10,
    NewDevice = 11,

    /// <summary>Asked for by the member, to see that it comes.</summary>
    Trial = 12,

    /// <summary>A due is to be paid soon, or should have been.</summary>
    Reminder = 20,
}

/// <summary>By what a message goes. Stored by number.</summary>
public enum Channel
{
    Mail = 1,
    Push = 2,
    Telegram = 3,
    WhatsApp = 4,
    Sms = 5,
}

public static class Channels
{
    extension(Channel channel)
    {
        /// <summary>It costs money and rings on a phone number: it is used only by consent, and only where nothing else reaches the member.</summary>
        public bool IsPaid => channel is Channel.WhatsApp or Channel.Sms;
    }
}
