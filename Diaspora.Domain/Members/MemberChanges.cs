namespace Diaspora.Domain.Members;

/// <summary>A member registered, was edited, blocked or let in again.</summary>
public sealed record MemberChanged(Guid MemberId) : Change;
