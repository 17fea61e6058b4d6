using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Kaspi;

internal sealed class BillerRepository(DiasporaDbContext context) : IBillerRepository
{
    public void Add(BillerCall call) => context.Add(call);

    public Task<BillerCall?> FindAsync(string transaction, CancellationToken cancel = default) =>
        context.Set<BillerCall>().FirstOrDefaultAsync(call => call.Transaction == transaction, cancel);

    public async Task<Guid?> MemberOfAsync(MemberNumber number, CancellationToken cancel = default) =>
        await context.Everybody.Where(member => member.Number == number).Select(member => member.MergedIntoId ?? (Guid?)member.Id).FirstOrDefaultAsync(cancel);
}
