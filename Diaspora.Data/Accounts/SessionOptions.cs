using Diaspora.Domain.Members.Accounts;
using Microsoft.Extensions.Options;

namespace Diaspora.Data.Accounts;

/// <summary>The section <c>Sessions</c>: how long one stays signed in.</summary>
public sealed class SessionOptions
{
    public const string Section = "Sessions";

    public int MemberIdleDays { get; set; } = 30;

    public int MemberMostDays { get; set; } = 180;

    public int StaffIdleHours { get; set; } = 12;

    public int StaffMostDays { get; set; } = 7;

    public SessionLimits Limits => new(TimeSpan.FromDays(MemberIdleDays), TimeSpan.FromDays(MemberMostDays), TimeSpan.FromHours(StaffIdleHours), TimeSpan.FromDays(StaffMostDays));
}

internal sealed class SessionOptionsValidator : IValidateOptions<SessionOptions>
{
    /// <summary>What browsers keep of a cookie.</summary>
    private const int MostDays = 400;

    public ValidateOptionsResult Validate(string? name, SessionOptions options)
    {
        (string Key, int Value, int Most)[] numbers =
        [
            (nameof(options.MemberIdleDays), options.MemberIdleDays, MostDays), (nameof(options.MemberMostDays), options.MemberMostDays, MostDays),
            (nameof(options.StaffIdleHours), options.StaffIdleHours, MostDays * 24), (nameof(options.StaffMostDays), options.StaffMostDays, MostDays),
        ];
        List<string> faults = [.. numbers.Where(number => number.Value < 1 || number.Value > number.Most)
            .Select(number => $"{SessionOptions.Section}:{number.Key} must be 1 to {number.Most}.")];
        if (options.MemberIdleDays > options.MemberMostDays)
        {
            faults.Add($"{SessionOptions.Section}:MemberIdleDays is longer than {SessionOptions.Section}:MemberMostDays.");
        }

        if (options.StaffIdleHours > options.StaffMostDays * 24)
        {
            faults.Add($"{SessionOptions.Section}:StaffIdleHours is longer than {SessionOptions.Section}:StaffMostDays.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
