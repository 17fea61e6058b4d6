namespace Diaspora.Domain.Members;

/// <summary>A member registered, was edited, blocked or let in again.</summary>
public sealed record MemberChanged(Guid MemberId) : Change;

/// <summary>Two members were merged, parted, or told apart.</summary>
public sealed record DuplicatesChanged(Guid FirstId, Guid SecondId) : Change;
