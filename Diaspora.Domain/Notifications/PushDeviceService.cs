using Diaspora.Domain.Access;

namespace Diaspora.Domain.Notifications;

/// <summary>On which of their browsers a member is told.</summary>
public sealed class PushDeviceService(IStore store, PushServices services, TimeProvider clock)
{
    /// <summary>Phones are thrown away without a word; the oldest one gives way.</summary>
    private const int MostDevices = 10;

    /// <summary>This browser is told from now on. Said twice, it is one.</summary>
    /// <exception cref="DomainException">It is no browser's word.</exception>
    public Task<Guid> AddAsync(Actor actor, PushAddress address, CancellationToken cancel = default)
    {
        services.Require(address);
        return store.WriteAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            if (await work.Pushes.FindAsync(address.Endpoint, cancel) is { } known)
            {
                known.Take(member.Id, address, actor.UserAgent);
                return known.Id;
            }

            var others = await work.Pushes.OfMemberAsync(member.Id, cancel);
            await work.Pushes.RemoveAsync([.. others.Skip(MostDevices - 1).Select(device => device.Id)], cancel);
            var added = new PushDevice(member.Id, address, actor.UserAgent, Now);
            work.Pushes.Add(added);
            return added.Id;
        }, cancel);
    }

    /// <summary>Not on this one any more. One that is gone already is no fault.</summary>
    public Task<bool> RemoveAsync(Actor actor, Guid deviceId, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            var own = (await work.Pushes.OfMemberAsync(member.Id, cancel)).Where(device => device.Id == deviceId).Select(device => device.Id).ToList();
            await work.Pushes.RemoveAsync(own, cancel);
            return own.Count > 0;
        }, cancel);

    public Task<IReadOnlyList<PushDeviceRow>> ListAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            return (IReadOnlyList<PushDeviceRow>)[.. (await work.Pushes.OfMemberAsync(member.Id, cancel)).Select(device => new PushDeviceRow(device.Id, device.Device, device.CreatedAt))];
        }, cancel);

    /// <summary>«Отправить себе»: by the same way as everything else, to see that it comes.</summary>
    public Task<bool> TryAsync(Actor actor, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            var devices = await work.Pushes.OfMemberAsync(member.Id, cancel);
            if (devices.Count > 0)
            {
                work.Outbox.Tell(new Notice(Cause.Trial, member.Id, member.Id, Now, NoticeFacts.None) { Only = Channel.Push });
            }

            return devices.Count > 0;
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}

/// <summary>One browser as its member sees it.</summary>
/// <param name="Device">What it says of itself.</param>
public sealed record PushDeviceRow(Guid Id, string? Device, DateTime Since);
