using Diaspora.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Access;

internal sealed class AccessRepository(DiasporaDbContext context) : IAccessRepository
{
    public Task<ActingMember?> ActingAsync(Guid id, CancellationToken cancel = default) =>
        context.Members.Where(member => member.Id == id)
            .Select(member => new ActingMember(member.Id, member.FullName, member.Role, member.BlockedAt != null, member.ConsentVersion))
            .FirstOrDefaultAsync(cancel);

    public Task<string?> NameOfAsync(Guid id, CancellationToken cancel = default) =>
        context.Everybody.Where(member => member.Id == id).Select(member => (string?)member.FullName).FirstOrDefaultAsync(cancel);
}
