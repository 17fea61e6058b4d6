namespace Diaspora.Domain.Notifications;

/// <summary>What is known of the ways to a member besides their addresses. Without one, everything is as it is at first.</summary>
public sealed class MemberContact
{
    public const int MailLength = 254;

    private MemberContact()
    {
    }

    public MemberContact(Guid memberId) => MemberId = memberId;

    public Guid MemberId { get; private set; }

    /// <summary>The address that no letter reaches. Another one in its place is tried again.</summary>
    public string? DeadMail { get; private set; }

    public void Bury(string mail) => DeadMail = mail;
}
