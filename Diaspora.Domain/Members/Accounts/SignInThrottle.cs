namespace Diaspora.Domain.Members.Accounts;

/// <summary>
/// Slows down guessing at one phone. Five tries are free, then each wrong one brings a pause that doubles from one minute to
/// fifteen and never grows further: the owner waits, and is never locked out for good. A device that has signed in before is
/// counted by itself, so that a stranger's guessing does not stop the owner's own phone.
/// </summary>
public sealed class SignInThrottle
{
    public const int FreeTries = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>After this time without a try nothing is held against the phone, and the count is deleted.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(24);

    private SignInThrottle()
    {
    }

    /// <param name="key">The phone, and the device where it is known.</param>
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
    public int TriesLeft => Math.Max(0, FreeTries - Failures);

    /// <summary>Counts a try before its password is looked at, so that parallel tries cannot slip through.</summary>
    /// <exception cref="DomainException">A pause is on: the sentence says until when.</exception>
    public void Try(DateTime now)
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
        PausedUntil = Failures < FreeTries ? null : now + PauseAfter(Failures);
    }

    /// <summary>The pause that the given number of failures brings.</summary>
    public static TimeSpan PauseAfter(int failures) =>
        failures < FreeTries ? TimeSpan.Zero : TimeSpan.FromMinutes(Math.Min(LongestPause.TotalMinutes, Math.Pow(2, Math.Min(failures - FreeTries, 10))));
}
