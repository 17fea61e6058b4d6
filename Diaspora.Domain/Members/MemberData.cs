namespace Diaspora.Domain.Members;

/// <summary>What two records of one person are compared by, and may be taken from either.</summary>
public sealed record MemberData(string FullName, string Phone, string? Email, string? City, string? Iin, DateOnly? JoinedOn);
