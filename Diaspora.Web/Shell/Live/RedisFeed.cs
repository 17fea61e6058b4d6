using System.Collections.Concurrent;
using Diaspora.Data.Operations;
using StackExchange.Redis;

namespace Diaspora.Web.Shell.Live;

/// <summary>
/// The feed of several portals: what is committed here is told here at once, and to the others over Redis. Redis only wakes: a message that is lost costs seconds. Whether the line works is known
/// by hearing oneself, and which of the portals in the database is within hearing by what it says every few seconds. As long as one of them is not, all that is shown or kept here is read anew as often.
/// </summary>
public sealed class RedisFeed(ChangeFeed here, ConfigurationOptions redis, Portals portals, TimeProvider clock, ILogger<RedisFeed> log) : BackgroundService, IChangeFeed
{
    /// <summary>How often a portal says that it is there, and how often everything is read anew without a line.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Whoever was not heard for so long is not within hearing: two words of theirs and a moment.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(12);

    /// <summary>A line over which our own word did not come back for so many looks is no good.</summary>
    private const int MostDeaf = 6;

    private static readonly TimeSpan BetweenKnocks = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<Guid, long> _heard = [];
    private readonly Lock _turn = new();
    private ConnectionMultiplexer? _line;
    private RedisChannel _channel;
    private bool _isHearing;
    private int _isKnocking;
    private int _deaf;

    /// <summary>Whether what others commit arrives here, as far as is known.</summary>
    public bool IsHearing => Volatile.Read(ref _isHearing);

    /// <summary>The portals over this database that were not within hearing when this was last looked at.</summary>
    public IReadOnlyList<string> Unheard { get; private set; } = [];

    public long Published => here.Published;

    public void Publish(Change change)
    {
        here.Publish(change);
        Say(change);
    }

    public IDisposable Subscribe<TChange>(Action<TChange> onChange) where TChange : Change => here.Subscribe(onChange);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_line is { } line)
        {
            await line.CloseAsync();
        }
    }

    public override void Dispose()
    {
        _line?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await JoinAsync(stoppingToken);
                Say(null);
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    /// <summary>Looks who is there, and reads everything anew where somebody is not within hearing.</summary>
    private async Task LookAsync(CancellationToken cancel)
    {
        if (IsHearing && !IsHeard(portals.Own))
        {
            Lost();
        }

        try
        {
            Unheard = [.. (await portals.OthersAsync(cancel)).Where(portal => !IsHearing || !IsHeard(portal.Id)).Select(portal => portal.Name)];
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogWarning(fault, "It could not be read which other portals there are; it is looked again in {Seconds} s", Interval.TotalSeconds);
        }

        if (Unheard.Count > 0)
        {
            here.Publish(new AnnouncementsMissed());
        }
    }

    private async Task JoinAsync(CancellationToken cancel)
    {
        _deaf = _line is { IsConnected: true } && !IsHearing ? _deaf + 1 : 0;
        if (_deaf == MostDeaf)
        {
            log.LogWarning("Redis is there, but nothing comes from it: the line is made anew");
            await _line!.DisposeAsync();
            _line = null;
        }

        if (_line is not null)
        {
            return;
        }

        try
        {
            _channel = RedisChannel.Literal($"diaspora:{await portals.DatabaseAsync(cancel):N}");
            var line = await ConnectionMultiplexer.ConnectAsync(redis);
            line.ConnectionFailed += (_, _) => Lost();
            line.ConnectionRestored += (_, _) => _ = KnockAsync(cancel);

            // Told to the server when there is one, and again after each time it was away.
            (await line.GetSubscriber().SubscribeAsync(_channel, CommandFlags.FireAndForget)).OnMessage(message => Hear(message.Message));
            _line = line;
            if (line.IsConnected)
            {
                _ = KnockAsync(cancel);
            }
            else
            {
                log.LogWarning("Redis does not answer: what other portals commit is read every {Seconds} s until it does", Interval.TotalSeconds);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogWarning("There is no way to Redis ({Fault}); it is tried again in {Seconds} s", fault.GetType().Name, Interval.TotalSeconds);
        }
    }

    /// <summary>The line is there before the server has been told that we listen, so our own word does not come back at once.</summary>
    private async Task KnockAsync(CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _isKnocking, 1) == 1)
        {
            return;
        }

        while (!IsHearing && !cancel.IsCancellationRequested && _line is { IsConnected: true })
        {
            Say(null);
            await Task.Delay(BetweenKnocks, CancellationToken.None);
        }

        Volatile.Write(ref _isKnocking, 0);
    }

    /// <summary>To everybody who is within hearing, this portal among them. Nobody waits for it, and what does not get through is made up for when the line is back.</summary>
    private void Say(Change? change)
    {
        if (_line is not { IsConnected: true } line)
        {
            return;
        }

        try
        {
            line.GetSubscriber().Publish(_channel, ChangeWire.Write(new PortalMessage(portals.Own, change)), CommandFlags.FireAndForget);
        }
        catch (Exception fault) when (fault is RedisException or ObjectDisposedException or TimeoutException)
        {
            Lost();
        }
    }

    private void Hear(RedisValue received)
    {
        PortalMessage message;
        try
        {
            message = ChangeWire.Read((byte[]?)received);
        }
        catch (FormatException fault)
        {
            log.LogWarning("A message over Redis was ignored: {Reason}", fault.Message);
            return;
        }

        var wasHeard = IsHeard(message.From);
        _heard[message.From] = clock.GetTimestamp();
        if (message.From == portals.Own)
        {
            Heard();
        }
        else if (message.Change is { } change)
        {
            here.Publish(change);
        }

        if (!wasHeard && message.From != portals.Own)
        {
            // What it said before may not have come; and it has not heard of us either.
            here.Publish(new AnnouncementsMissed());
            Say(null);
        }
    }

    /// <summary>Our own word came back, so the line works both ways. What was said before that, by us or by others, may be lost.</summary>
    private void Heard()
    {
        lock (_turn)
        {
            if (_isHearing)
            {
                return;
            }

            Volatile.Write(ref _isHearing, true);
        }

        log.LogInformation("What other portals commit arrives over Redis");
        Publish(new AnnouncementsMissed());
    }

    private void Lost()
    {
        lock (_turn)
        {
            if (!_isHearing)
            {
                return;
            }

            Volatile.Write(ref _isHearing, false);
        }

        _heard.Clear();
        log.LogWarning("Redis is away: what other portals commit is read every {Seconds} s until it is back", Interval.TotalSeconds);
    }

    private bool IsHeard(Guid portal) => _heard.TryGetValue(portal, out var at) && clock.GetElapsedTime(at) <= Silence;
}
