namespace Diaspora.Domain.Settings;

/// <summary>The range of each number of the settings, in the configuration as on the page.</summary>
public static class SettingsLimits
{
    public static readonly WholeRange Fee = new(1, 10_000_000);
    public static readonly WholeRange DeadlineDay = new(1, 31);
    public static readonly WholeRange MonthsAhead = new(0, 36);
    public static readonly WholeRange LapseAfterDays = new(1, 365);

    public const int NameLength = 200;
    public const int ReminderLength = 600;
    public const int AddressLength = 200;
    public const int PhoneLength = 40;
    public const int EmailLength = 254;
    public const int LinkLength = 300;
    public const int PrefixLength = 8;
}
