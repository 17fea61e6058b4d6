namespace Diaspora.Domain.Members;

/// <summary>A member registered, was edited, blocked or let in again.</summary>
/// <param name="Desk">The page that shows it already.</param>
public sealed record MemberChanged(Guid MemberId, Guid? Desk = null) : Change;

/// <summary>What the list is filtered by was brought up to a new day or new settings.</summary>
public sealed record ListingsRefreshed : Change;
