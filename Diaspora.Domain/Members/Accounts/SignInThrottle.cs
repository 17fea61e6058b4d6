using Diaspora.Domain.Members;

namespace Diaspora.Domain.Members.Accounts;

/// <summary>
/// Slows down guessing at one phone from one place. Five tries are free, then each wrong one brings a pause that doubles from one minute
/// to fifteen and never grows further. Each address is counted by itself, and so is a device that has signed in before: whatever strangers
/// do, the owner waits for their own mistakes only.
/// </summary>
public sealed class SignInThrottle
{
    public const int FreeTries = 5;

    /// <summary>How many counts are kept: a flood from many addresses must not fill the database.</summary>
    public const int Most = 100_000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>After this time without a try nothing is held against the phone, and the count is deleted.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(24);

    private SignInThrottle()
    {
    }

    /// <param name="key">The phone, and the device where it is known, else the address.</param>
    public SignInThrottle(string key, DateTime now)
    {
        Key = key;
        UpdatedAt = now;
    }

    public string Key { get; private set; } = "";

    public int Failures { get; private set; }

    public DateTime? PausedUntil { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    /// <summary>Tries left before the next pause.</summary>
    /// <param name="free">How many were free.</param>
    public int TriesLeft(int free = FreeTries) => Math.Max(0, free - Failures);

    /// <summary>What the phone is counted by: one's own device, or the network one comes from.</summary>
    public static string KeyOf(PhoneNumber phone, string? device, string network) => $"{phone.Value} {device ?? network}";

    /// <summary>Counts a try before its password is looked at, so that parallel tries cannot slip through.</summary>
    /// <param name="free">How many are free: fewer while somebody guesses at this phone from many places.</param>
    /// <exception cref="DomainException">A pause is on: the sentence says until when.</exception>
    public void Try(DateTime now, int free = FreeTries)
    {
        if (now - UpdatedAt > ForgottenAfter)
        {
            Failures = 0;
        }

        if (PausedUntil is { } until && until > now)
        {
            throw new DomainException(Problems.SignInPaused, until);
        }

        Failures++;
        UpdatedAt = now;
        PausedUntil = Failures < free ? null : now + PauseAfter(Failures, free);
    }

    /// <summary>The pause that the given number of failures brings.</summary>
    public static TimeSpan PauseAfter(int failures, int free = FreeTries) =>
        failures < free ? TimeSpan.Zero : TimeSpan.FromMinutes(Math.Min(LongestPause.TotalMinutes, Math.Pow(2, Math.Min(failures - free, 10))));
}
