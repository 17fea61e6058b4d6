using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Accounts;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> entity)
    {
        entity.ToTable("Sessions");
        entity.Property(session => session.Id).HasMaxLength(Session.IdLength).IsUnicode(false).IsFixedLength();
        entity.Property(session => session.Device).HasMaxLength(Session.DeviceLength);
        entity.HasIndex(session => session.EndsAt);
        entity.HasOne<Member>().WithMany().HasForeignKey(session => session.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SessionRepository(DiasporaDbContext context, Action<Change> announce) : ISessionRepository
{
    public async Task AddAsync(Session session, CancellationToken cancel = default)
    {
        var tooMany = await context.Sessions.Where(other => other.MemberId == session.MemberId).OrderByDescending(other => other.SeenAt).ThenBy(other => other.Id)
            .Skip(Session.MostPerMember - 1).Select(other => other.Id).ToListAsync(cancel);
        if (tooMany.Count > 0)
        {
            await context.Sessions.Where(other => tooMany.Contains(other.Id)).ExecuteDeleteAsync(cancel);
            announce(new SignedOut(session.MemberId));
        }

        context.Sessions.Add(session);
    }

    public Task<SessionFacts?> FindAsync(string id, DateTime now, CancellationToken cancel = default) => (
        from session in context.Sessions
        join member in context.Members on session.MemberId equals member.Id
        where session.Id == id && session.EndsAt > now && member.BlockedAt == null && member.Role == session.Role
        select new SessionFacts(session.Id, member.Id, member.FullName, member.Role, session.CreatedAt, session.SeenAt, session.EndsAt)).FirstOrDefaultAsync(cancel);

    public async Task<IReadOnlyList<Session>> OfAsync(Guid memberId, DateTime now, int most, CancellationToken cancel = default) =>
        await context.Sessions.AsNoTracking().Where(session => session.MemberId == memberId && session.EndsAt > now)
            .OrderByDescending(session => session.SeenAt).ThenBy(session => session.Id).Take(most).ToListAsync(cancel);

    public Task SeeAsync(string id, DateTime now, DateTime endsAt, CancellationToken cancel = default) =>
        context.Sessions.Where(session => session.Id == id && session.SeenAt < now)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.SeenAt, now).SetProperty(session => session.EndsAt, endsAt), cancel);

    public async Task EndAsync(string id, CancellationToken cancel = default)
    {
        var owners = await context.Sessions.Where(session => session.Id == id).Select(session => session.MemberId).ToListAsync(cancel);
        await context.Sessions.Where(session => session.Id == id).ExecuteDeleteAsync(cancel);
        owners.ForEach(owner => announce(new SignedOut(owner)));
    }

    public async Task EndAllAsync(Guid memberId, CancellationToken cancel = default)
    {
        // Whoever opens a session holds the member too: it is deleted here, or finds the new stamp.
        await context.Held.AddAsync([memberId], cancel);
        await context.Sessions.Where(session => session.MemberId == memberId).ExecuteDeleteAsync(cancel);
        announce(new SessionsEnded(memberId));
    }

    public Task ForgetAsync(DateTime now, CancellationToken cancel = default) => context.Sessions.Where(session => session.EndsAt <= now).ExecuteDeleteAsync(cancel);
}
