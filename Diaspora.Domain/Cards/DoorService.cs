using System.Text.RegularExpressions;
using Diaspora.Domain.Access;

namespace Diaspora.Domain.Cards;

/// <summary>What all doors count together. Each goes on without a connection and says later whom it saw.</summary>
public sealed partial class DoorService(IStore store, TimeProvider clock)
{
    /// <summary>More comes in several calls.</summary>
    public const int MostEntries = 500;

    /// <summary>An evening.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    /// <summary>Long enough for a phone that was without a connection, and no list of who comes where.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(30);

    /// <summary>Two commits may end in another order than they noted their time in.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    /// <summary>Takes what a door saw, each card once for each event with the earliest time, and tells what the others saw.</summary>
    /// <exception cref="DomainException">It is no report of a door.</exception>
    public Task<DoorNews> ReportAsync(Actor actor, DoorReport report, CancellationToken cancel = default)
    {
        if (report.Entries.Count > MostEntries || report.Entries.Any(entry => !Seals().IsMatch(entry.Seal)) || report.Entries.Select(entry => entry.Event).Append(report.Begun).Any(mark => mark?.Name?.Length > DoorEvent.NameLength))
        {
            throw new DomainException(Problems.NotRead);
        }

        return report is { Begun: null, Entries.Count: 0 } ? store.ReadAsync(ReadAsync, cancel) : store.WriteAsync(TakeAsync, cancel);

        async Task<DoorNews> ReadAsync(IWork work)
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await NewsAsync(work, report, cancel);
        }

        async Task<DoorNews> TakeAsync(IWork work)
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var marks = report.Entries.ToLookup(entry => entry.Event.Id);
            foreach (var mark in report.Entries.Select(entry => entry.Event).Append(report.Begun).OfType<DoorEventMark>().DistinctBy(mark => mark.Id).OrderBy(mark => mark.BeganAt))
            {
                if (Past(mark.BeganAt) > Now - ForgottenAfter)
                {
                    await EnterAsync(work, await EventAsync(work, actor, mark, cancel), [.. marks[mark.Id]], cancel);
                }
            }

            return await NewsAsync(work, report, cancel);
        }
    }

    /// <summary>Removes events long past; the background task's verb.</summary>
    public Task ForgetAsync(CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            await work.Doors.ForgetAsync(Now - ForgottenAfter, cancel);
            return true;
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    [GeneratedRegex("^[0-9a-f]{12}$")]
    private static partial Regex Seals();

    /// <summary>A device's clock may go ahead.</summary>
    private DateTime Past(DateTime time) => time < Now ? time : Now;

    /// <summary>One that a door began by itself, with its first card, is the one that goes on already: only a name makes another.</summary>
    private async Task<DoorEvent> EventAsync(IWork work, Actor actor, DoorEventMark mark, CancellationToken cancel)
    {
        var beganAt = Past(mark.BeganAt);
        if (await work.Doors.FindAsync(mark.Id, cancel) is { } known)
        {
            return known;
        }

        if (mark.Name is null && await work.Doors.CurrentAsync(beganAt - Lasts, cancel) is { } current && current.BeganAt < beganAt + Lasts)
        {
            return current;
        }

        var begun = new DoorEvent(mark, beganAt);
        work.Doors.Add(begun);
        work.Audit.Add(new AuditEntry(actor, AuditAction.DoorEventBegan, nameof(DoorEvent), begun.Id, null, null, new { door = begun.Name ?? "", begun.BeganAt }, Now));
        work.Announce(new DoorChanged(begun.Id));
        return begun;
    }

    private async Task EnterAsync(IWork work, DoorEvent to, IReadOnlyList<DoorEntryMark> marks, CancellationToken cancel)
    {
        var there = (await work.Doors.EntriesAsync(to.Id, [.. marks.Select(mark => mark.Seal)], cancel)).ToDictionary(entry => entry.Seal);
        var isNew = false;
        foreach (var mark in marks)
        {
            if (there.TryGetValue(mark.Seal, out var known))
            {
                known.Precede(Past(mark.At), Now);
                continue;
            }

            work.Doors.Add(there[mark.Seal] = new DoorEntry(to.Id, mark.Seal, Past(mark.At), Now));
            isNew = true;
        }

        if (isNew)
        {
            work.Announce(new DoorChanged(to.Id));
        }
    }

    private async Task<DoorNews> NewsAsync(IWork work, DoorReport report, CancellationToken cancel)
    {
        var current = await work.Doors.CurrentAsync(Now - Lasts, cancel);
        var since = report.Known == current?.Id ? report.Since - Overlap : null;
        return new DoorNews(current?.Mark, Now, current is null ? [] : await work.Doors.NewAsync(current.Id, since, cancel));
    }
}
