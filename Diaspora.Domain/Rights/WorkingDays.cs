namespace Diaspora.Domain.Rights;

/// <summary>
/// Monday to Friday. Public holidays are named by a decree each year and some are moved, so they are not in here: a promise that counts them as working days ends sooner than the law asks, never later.
/// </summary>
public static class WorkingDays
{
    /// <summary>The last of so many working days, the first of which is the one behind <paramref name="day"/>.</summary>
    public static DateOnly After(DateOnly day, int count)
    {
        while (count > 0)
        {
            day = day.AddDays(1);
            count -= IsWorking(day) ? 1 : 0;
        }

        return day;
    }

    /// <summary>How many are left behind <paramref name="today"/>, with the last one; none when it has come or gone.</summary>
    public static int Left(DateOnly today, DateOnly last) => Enumerable.Range(1, Math.Max(0, last.DayNumber - today.DayNumber)).Count(days => IsWorking(today.AddDays(days)));

    private static bool IsWorking(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
