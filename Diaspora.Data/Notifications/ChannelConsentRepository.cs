using Diaspora.Domain.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Notifications;

internal sealed class ChannelConsentRepository(DiasporaDbContext context) : IChannelConsentRepository
{
    public Task<ChannelConsent?> FindAsync(Guid memberId, Channel channel, CancellationToken cancel = default) =>
        context.Set<ChannelConsent>().FirstOrDefaultAsync(consent => consent.MemberId == memberId && consent.Channel == channel, cancel);

    public async Task<IReadOnlyList<ChannelConsent>> OfMemberAsync(Guid memberId, CancellationToken cancel = default) =>
        await context.Set<ChannelConsent>().Where(consent => consent.MemberId == memberId).OrderBy(consent => consent.Channel).ToListAsync(cancel);

    public void Add(ChannelConsent consent) => context.Add(consent);
}
