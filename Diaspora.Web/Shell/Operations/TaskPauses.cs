namespace Diaspora.Web.Shell.Operations;

/// <summary>How long a <see cref="WokenTask"/> waits, and for what.</summary>
/// <param name="Gathering">From when it is woken until it begins: what comes meanwhile is done with it.</param>
/// <param name="AfterFault">Until it tries again, if nothing wakes it before.</param>
public sealed record TaskPauses(TimeSpan Gathering, TimeSpan AfterFault)
{
    /// <summary>A press brings several announcements: they are looked at together.</summary>
    public static readonly TaskPauses Gathered = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5)) { Rest = 5 };

    /// <summary>Somebody waits for each.</summary>
    public static readonly TaskPauses AtOnce = new(TimeSpan.Zero, TimeSpan.FromSeconds(5));

    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    /// <summary>Where each fault makes it wait twice as long as the one before, up to this.</summary>
    public TimeSpan LongestAfterFault { get; init; } = AfterFault;

    /// <summary>So many times as long as its work took it rests, so that among a hundred thousand members it does not keep a processor busy with every press.</summary>
    public int Rest { get; init; }

    /// <summary>It works so often even where nothing wakes it.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Before it begins, after the last time took so long.</summary>
    public TimeSpan Before(TimeSpan took) => Longer(Gathering, Shorter(Rest * took, LongestRest));

    /// <summary>How long it waits to be woken; for ever where it is missing.</summary>
    /// <param name="faults">How often in a row it did not come through.</param>
    public TimeSpan? Until(int faults) => faults == 0 ? Every : Shorter(AfterFault * Math.Pow(2, Math.Min(faults - 1, 20)), LongestAfterFault);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
