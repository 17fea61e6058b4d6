namespace Diaspora.Domain.Access;

/// <summary>What a person is to the association. Staff may be members as well.</summary>
public enum Role
{
    Member,
    Cashier,
    Editor,
    Admin,
}

/// <summary>What a verb or a page asks for.</summary>
public enum Permission
{
    /// <summary>One's own cabinet: everybody who is not blocked.</summary>
    Member,

    /// <summary>Payments, members' cards and reports: cashiers and admins.</summary>
    Cashier,

    /// <summary>Texts of the public pages: editors and admins.</summary>
    Editor,

    /// <summary>Blocking, links to sign in, the audit log: admins.</summary>
    Admin,
}

/// <summary>Who acts, as the database knows them at this moment.</summary>
/// <param name="ConsentVersion">Which wording of the consent they agreed to last.</param>
public sealed record ActingMember(Guid Id, string FullName, Role Role, bool IsBlocked, string? ConsentVersion = null)
{
    public bool May(Permission permission) => !IsBlocked && Allows(Role, permission);

    /// <summary>The whole table of rights: the pages' policies are made from it too.</summary>
    public static bool Allows(Role role, Permission permission) => permission switch
    {
        Permission.Member => true,
        Permission.Cashier => role is Role.Cashier or Role.Admin,
        Permission.Editor => role is Role.Editor or Role.Admin,
        Permission.Admin => role is Role.Admin,
        _ => false,
    };
}

public static class Authorization
{
    /// <summary>Reads who acts and refuses what they may not do.</summary>
    /// <exception cref="DomainException">Nobody is signed in, the member is blocked, or the role does not allow it.</exception>
    public static async Task<ActingMember> RequireAsync(this IWork work, Actor actor, Permission permission, CancellationToken cancel = default)
    {
        var acting = actor.MemberId is { } id ? await work.Access.ActingAsync(id, cancel) : null;
        return acting.Require(permission);
    }

    /// <exception cref="DomainException">As <see cref="RequireAsync"/>.</exception>
    public static ActingMember Require(this ActingMember? acting, Permission permission) =>
        acting is null ? throw new DomainException(Problems.NotAllowed)
            : acting.IsBlocked ? throw new DomainException(Problems.MemberBlocked)
            : acting.May(permission) ? acting
            : throw new DomainException(Problems.NotAllowed);
}
