namespace Diaspora.Domain.Notifications;

/// <summary>Sends what waits; the background task's verbs. Who runs it has the turn to itself.</summary>
public sealed class OutboxService(IStore store, IEnumerable<IMessageCheck> checks, TimeProvider clock)
{
    private const int MostAtOnce = 100;

    /// <summary>Well within the turn of the task.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>What was on its way when a portal ended may have gone: it is said so and not sent again.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RecoverAsync(CancellationToken cancel = default)
    {
        var left = (await store.ReadAsync(work => work.Outbox.SendingAsync(cancel), cancel)).Select(message => message.Id).ToList();
        foreach (var id in left)
        {
            await ChangeAsync(id, (_, message) =>
            {
                message.Recover(Now);
                return Task.FromResult(true);
            }, cancel);
        }

        return left.Count;
    }

    /// <summary>Sends what may go now, one after the other.</summary>
    /// <param name="send">Has it carried; answers with what came of it and throws only when the portal stops.</param>
    /// <returns>When there is something to send again; missing where nothing waits.</returns>
    public async Task<DateTime?> SendAsync(Func<Message, Recipient, CancellationToken, Task<Delivery>> send, CancellationToken cancel = default)
    {
        var until = Now + Longest;
        foreach (var id in await store.ReadAsync(work => work.Outbox.DueAsync(Now, MostAtOnce, cancel), cancel))
        {
            if (Now > until)
            {
                break;
            }

            if (await ClaimAsync(id, cancel) is not var (message, recipient))
            {
                continue;
            }

            var delivery = recipient is null ? new Delivery(DeliveryOutcome.NoAddress, "gone") : await send(message, recipient, cancel);

            // The portal stops, but what has gone is noted as gone.
            await ChangeAsync(id, (work, sent) => FinishAsync(work, sent, delivery), CancellationToken.None);
        }

        return await store.ReadAsync(work => work.Outbox.NextDueAsync(cancel), cancel);
    }

    /// <summary>Empties what was written about so many days ago; the background task's verb.</summary>
    public Task<int> ForgetAsync(int days, CancellationToken cancel = default) => store.WriteAsync(work => work.Outbox.ForgetFactsAsync(Now.AddDays(-days), cancel), cancel);

    /// <summary>How many messages of the last day were given up.</summary>
    public Task<int> GivenUpAsync(CancellationToken cancel = default) => store.ReadAsync(work => work.Outbox.GivenUpAsync(Now - Message.Patience, cancel), cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Committed before anybody is asked to carry it.</summary>
    private Task<(Message Message, Recipient? Recipient)?> ClaimAsync(Guid id, CancellationToken cancel) =>
        ChangeAsync<(Message, Recipient?)?>(id, async (work, message) =>
        {
            foreach (var check in checks.Where(check => check.Cause == message.Cause))
            {
                if (!await check.HoldsAsync(work, message, cancel))
                {
                    message.Withdraw(Now);
                }
            }

            // They may have taken it back since it was written. A trial is its admin's own press.
            if (message.Channel.IsPaid && message.Cause != Cause.Trial && await work.ChannelConsents.FindAsync(message.MemberId, message.Channel, cancel) is not { WithdrawnAt: null })
            {
                message.Withdraw(Now);
            }

            return message.Claim(Now) ? (message, await work.Outbox.RecipientAsync(message.MemberId, cancel)) : null;
        }, cancel);

    private async Task<bool> FinishAsync(IWork work, Message message, Delivery delivery)
    {
        message.Finish(delivery, Now);
        await work.Pushes.RemoveAsync(delivery.DeadDevices);
        if (delivery.DeadMail is { } mail)
        {
            (await work.ContactAsync(message.MemberId)).Bury(mail);
        }

        if (delivery.DeadChat is { } chat && await work.Outbox.OfTelegramChatAsync(chat) is { } contact)
        {
            contact.LoseTelegram(Now);
            work.Announce(new ContactChanged(contact.MemberId));
        }

        if (delivery.DeadPhone is { } phone && await work.ChannelConsents.FindAsync(message.MemberId, message.Channel) is { } consent)
        {
            consent.Bury(phone);
        }

        if (message.Cause == Cause.Trial)
        {
            work.Announce(new TrialEnded(message.MemberId));
        }

        return true;
    }

    private Task<T?> ChangeAsync<T>(Guid id, Func<IWork, Message, Task<T>> change, CancellationToken cancel) =>
        store.WriteAsync(async work => await work.Outbox.FindAsync(id, cancel) is { } message ? await change(work, message) : default, cancel);
}
