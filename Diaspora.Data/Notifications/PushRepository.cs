using Diaspora.Domain.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Notifications;

internal sealed class PushRepository(DiasporaDbContext context) : IPushRepository
{
    public Task<PushDevice?> FindAsync(string endpoint, CancellationToken cancel = default) => context.Set<PushDevice>().FirstOrDefaultAsync(device => device.Endpoint == endpoint, cancel);

    public async Task<IReadOnlyList<PushDevice>> OfMemberAsync(Guid memberId, CancellationToken cancel = default) =>
        await context.Set<PushDevice>().Where(device => device.MemberId == memberId).OrderByDescending(device => device.CreatedAt).ThenByDescending(device => device.Id).ToListAsync(cancel);

    public void Add(PushDevice device) => context.Add(device);

    public Task RemoveAsync(IReadOnlyCollection<Guid> deviceIds, CancellationToken cancel = default) =>
        deviceIds.Count == 0 ? Task.CompletedTask : context.Set<PushDevice>().Where(device => deviceIds.Contains(device.Id)).ExecuteDeleteAsync(cancel);
}
