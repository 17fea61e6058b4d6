namespace Diaspora.Domain.Access;

/// <summary>Who acts and who acted. The floors below the members need no more of them.</summary>
public interface IAccessRepository
{
    /// <summary>Role and block at this moment; nothing for an unknown id.</summary>
    Task<ActingMember?> ActingAsync(Guid id, CancellationToken cancel = default);

    /// <summary>The name of anybody who ever was a member, of a record that was merged into another one too: for what they did.</summary>
    Task<string?> NameOfAsync(Guid id, CancellationToken cancel = default);
}

public static class AccessRepositories
{
    extension(IWork work)
    {
        public IAccessRepository Access => work.Repository<IAccessRepository>();
    }
}
