using System.Threading.Channels;
using Diaspora.Domain.Members.Accounts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Diaspora.Data.Accounts;

/// <summary>Writes down that a session was visited, behind the page's back: no page waits for a writer because of it.</summary>
public sealed class SessionVisits(IStore store, IOptions<SessionOptions> options, TimeProvider clock, ILogger<SessionVisits> log) : BackgroundService
{
    /// <summary>What does not fit is written with the next visit.</summary>
    private readonly Channel<SessionFacts> _visits = Channel.CreateBounded<SessionFacts>(new BoundedChannelOptions(500) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Leaves it to be written, unless it was not long ago.</summary>
    public void Note(SessionFacts session)
    {
        if (clock.GetUtcNow().UtcDateTime - session.SeenAt >= Session.SeenEvery)
        {
            _visits.Writer.TryWrite(session);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var visit in _visits.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await WriteAsync(visit, stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(fault, "A visit could not be written down; the next one will be");
            }
        }
    }

    public Task WriteAsync(SessionFacts visit, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return store.WriteAsync(async work =>
        {
            // One page asks for many files: the first has written it.
            if (await work.Sessions.FindAsync(visit.Id, now, cancel) is { } known && now - known.SeenAt >= Session.SeenEvery)
            {
                await work.Sessions.SeeAsync(visit.Id, now, Session.EndOf(visit.CreatedAt, visit.Role, options.Value.Limits, now), cancel);
            }

            return true;
        }, cancel);
    }
}
