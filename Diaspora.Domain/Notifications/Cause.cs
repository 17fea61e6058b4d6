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

    /// <summary>A one-time link. It goes through memory and never lies in a table, so no message has this cause; its words are kept as those of the others.</summary>
    SignInLink = 13,

    /// <summary>A due is to be paid soon, or should have been.</summary>
    Reminder = 20,

    /// <summary>To staff: payments have been waiting for a cashier too long.</summary>
    ClaimsWaiting = 30,

    /// <summary>To admins: there is no good backup, or not where it should be.</summary>
    BackupMissing = 31,

    /// <summary>To whoever began an import that took a while.</summary>
    ImportFinished = 32,
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

public static class Causes
{
    /// <summary>Whether it is told to those who work for the association, of their work.</summary>
    public static bool IsForStaff(this Cause cause) => cause is Cause.ClaimsWaiting or Cause.BackupMissing or Cause.ImportFinished;
}
