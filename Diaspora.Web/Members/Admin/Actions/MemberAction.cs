namespace Diaspora.Web.Members.Admin.Actions;

/// <summary>What can be done to a member from the list.</summary>
public enum MemberAction
{
    Edit,
    Remind,
    Exempt,
    Suspend,
    Appoint,
    Link,
    Block,
    Unblock,
}
