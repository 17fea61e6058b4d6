namespace Diaspora.Domain.Kernel;

/// <summary>
/// Who acts and from where, captured when the page was requested. A visitor without an account and a background task have no
/// member. What the actor may do is never taken from here: each verb reads role and block from the database.
/// </summary>
public sealed record Actor(Guid? MemberId, string? Address, string? UserAgent)
{
    /// <summary>The open page it is done from; missing elsewhere. A page that shows its own change already knows its announcement by it.</summary>
    public Guid? Desk { get; init; }

    /// <summary>A background task; its name stands where people have an address.</summary>
    public static Actor Task(string name) => new(null, null, name);
}
