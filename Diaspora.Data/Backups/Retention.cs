using System.Globalization;
using Diaspora.Domain.Backups;

namespace Diaspora.Data.Backups;

/// <summary>
/// Which archives are kept: the newest of each of the last fourteen days, eight weeks and twelve months of which there is one. What counts is the archives and not the calendar, so that a portal that was off for
/// a year, or a clock that was wrong, costs none. Besides, the last ones of two days stay: the one that was made by hand before an update is there after the night.
/// </summary>
public static class Retention
{
    public const int Days = 14;
    public const int Weeks = 8;
    public const int Months = 12;

    /// <summary>So many of the newest stay, if they are not older than <see cref="FreshFor"/> before the very newest.</summary>
    public const int Fresh = 10;

    private static readonly TimeSpan FreshFor = TimeSpan.FromDays(2);

    /// <param name="verified">Names of those that were opened and sound: the last of them stays in any case.</param>
    /// <returns>Those that may go.</returns>
    public static IReadOnlyList<BackupFile> Superfluous(IEnumerable<BackupFile> files, IReadOnlySet<string> verified)
    {
        List<BackupFile> all = [.. files.OrderByDescending(file => file.MadeAt).ThenByDescending(file => file.Name.Length).ThenByDescending(file => file.Name, StringComparer.Ordinal)];
        HashSet<BackupFile> kept =
        [
            .. NewestOfEach(all, file => file.MadeAt.Date, Days),
            .. NewestOfEach(all, file => (ISOWeek.GetYear(file.MadeAt), ISOWeek.GetWeekOfYear(file.MadeAt)), Weeks),
            .. NewestOfEach(all, file => (file.MadeAt.Year, file.MadeAt.Month), Months),
            .. all.TakeWhile(file => all[0].MadeAt - file.MadeAt <= FreshFor).Take(Fresh),
            .. all.Where(file => verified.Contains(file.Name)).Take(1),
        ];
        return [.. all.Where(file => !kept.Contains(file))];
    }

    private static IEnumerable<BackupFile> NewestOfEach<TSpan>(List<BackupFile> newestFirst, Func<BackupFile, TSpan> span, int count) => newestFirst.DistinctBy(span).Take(count);
}
