using Diaspora.Data.Operations;
using Diaspora.Domain.Reminding;
using Diaspora.Domain.Settings;
using Diaspora.Web.Shell.Operations;

namespace Diaspora.Web.Reminding;

/// <summary>Writes each day's reminders once its hours have come, and looks again when the plan or the settings change. By a clock that jumped nobody is reminded.</summary>
public sealed class RemindTask(
    CurrentSettings settings, ClockWatch watch, IChangeFeed feed, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger<RemindTask> log)
    : WokenTask("reminders", Pauses, feed, turns, scopes, clock, log)
{
    private static readonly TaskPauses Pauses = TaskPauses.Gathered with { LongestAfterFault = TimeSpan.FromMinutes(5), Every = TimeSpan.FromMinutes(5) };

    private readonly TimeProvider _clock = clock;
    private readonly Lock _turn = new();

    /// <summary>The day whose reminders are all written: nobody needs to be looked at until the next one.</summary>
    private DateOnly? _done;

    /// <summary>When it was last looked who has not read what they were written; at first everything that is not stale is looked at.</summary>
    private DateTime _repeatedAt;

    protected override IEnumerable<IDisposable> Listen(IChangeFeed feed) => [feed.Subscribe<RemindersChanged>(_ => Again()), feed.Subscribe<SettingsChanged>(_ => Again())];

    protected override async Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancel)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var today = settings.Rules.DayOf(now);
        if (watch.Jump is not null || !ReminderPlanner.IsAwake(settings.Rules, now))
        {
            return true;
        }

        if (!Begin(today))
        {
            await RepeatAsync(services, now, cancel);
            return true;
        }

        try
        {
            var count = await services.GetRequiredService<RemindingService>().RunAsync(cancel);
            if (count > 0)
            {
                log.LogInformation("{Count} members are reminded of their dues", count);
            }

            await RepeatAsync(services, now, cancel);
            return true;
        }
        catch
        {
            Forget();
            throw;
        }
    }

    /// <summary>Once an hour, after the day's own reminders: whoever gets one of those gets no other.</summary>
    private async Task RepeatAsync(IServiceProvider services, DateTime now, CancellationToken cancel)
    {
        if (now - _repeatedAt < TimeSpan.FromHours(1))
        {
            return;
        }

        var count = await services.GetRequiredService<RemindingService>().RepeatAsync(_repeatedAt, cancel);
        _repeatedAt = now;
        if (count > 0)
        {
            log.LogInformation("{Count} members are reminded by another channel", count);
        }
    }

    private void Again()
    {
        Forget();
        Wake();
    }

    /// <summary>Marked before it is done, so that a plan that is changed meanwhile is looked at again.</summary>
    private bool Begin(DateOnly today)
    {
        lock (_turn)
        {
            var isNew = _done != today;
            _done = today;
            return isNew;
        }
    }

    private void Forget()
    {
        lock (_turn)
        {
            (_done, _repeatedAt) = (null, default);
        }
    }
}
