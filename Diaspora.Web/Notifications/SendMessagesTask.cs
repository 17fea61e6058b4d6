using Diaspora.Data.Operations;
using Diaspora.Domain.Notifications;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Web.Notifications;

/// <summary>Sends what waits, when it may go: an alarm is set for the next one, so nobody asks in vain.</summary>
public sealed class SendMessagesTask(
    IEnumerable<IMessageChannel> channels, MessagesState state, IChangeFeed feed, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SendMessagesTask> log)
    : WokenTask("outbox", Pauses, feed, turns, scopes, clock, log)
{
    private static readonly TaskPauses Pauses = TaskPauses.AtOnce with { LongestAfterFault = TimeSpan.FromMinutes(5), Every = TimeSpan.FromMinutes(10) };

    private readonly Lock _turn = new();
    private readonly TimeProvider _clock = clock;
    private readonly Dictionary<Channel, IMessageChannel> _channels = channels.Where(channel => channel.IsOpen).ToDictionary(channel => channel.Channel);
    private ITimer? _alarm;
    private DateTime? _next;

    public override void Dispose()
    {
        _alarm?.Dispose();
        base.Dispose();
    }

    protected override IEnumerable<IDisposable> Listen(IChangeFeed feed) => [feed.Subscribe<OutboxFilled>(_ => Wake())];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _channels.Count > 0 ? base.ExecuteAsync(stoppingToken) : Task.CompletedTask;

    protected override async Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancel)
    {
        lock (_turn)
        {
            _next = null;
        }

        var (outbox, writer) = (services.GetRequiredService<OutboxService>(), services.GetRequiredService<MessageWriter>());
        var unsure = await outbox.RecoverAsync(cancel);
        if (unsure > 0)
        {
            log.LogWarning("{Count} messages were on their way when a portal ended: whether they went nobody can say, and they are not sent again", unsure);
        }

        var next = await outbox.SendAsync((message, to, stopping) => SendAsync(writer, message, to, stopping), cancel);
        state.GivenUp = await outbox.GivenUpAsync(cancel);
        if (next is { } due)
        {
            WakeAt(due);
        }

        return true;
    }

    private async Task<Delivery> SendAsync(MessageWriter writer, Message message, Recipient to, CancellationToken cancel)
    {
        if (!_channels.TryGetValue(message.Channel, out var channel))
        {
            return new Delivery(DeliveryOutcome.Later, "off");
        }

        WrittenMessage written;
        try
        {
            written = writer.Write(message, to);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Message {Message} could not be put into words", message.Id);
            return new Delivery(DeliveryOutcome.Later, fault.GetType().Name);
        }

        var delivery = await channel.SendAsync(message.Id, to, written, cancel);
        if (delivery.Outcome != DeliveryOutcome.Taken)
        {
            log.LogWarning("Message {Message} by {Channel}, attempt {Attempt}: {Outcome}, {Problem}", message.Id, message.Channel, message.Attempts, delivery.Outcome, delivery.Problem);
        }

        return delivery;
    }

    private void WakeAt(DateTime due)
    {
        lock (_turn)
        {
            if (_next <= due)
            {
                return;
            }

            _next = due;
            var wait = due - _clock.GetUtcNow().UtcDateTime;
            _alarm ??= _clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _alarm.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}

/// <summary>What the task last saw of the outbox.</summary>
public sealed class MessagesState
{
    private volatile int _givenUp;

    /// <summary>Messages that were given up within a day.</summary>
    public int GivenUp { get => _givenUp; set => _givenUp = value; }
}

/// <summary>Members are not told what they should be: an admin has to look.</summary>
public sealed class MessagesCheck(MessagesState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.GivenUp is > 0 and var count ? HealthCheckResult.Degraded($"{count} messages were given up within a day.") : HealthCheckResult.Healthy());
}
