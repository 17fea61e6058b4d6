namespace Diaspora.Web.Members.Admin;

/// <summary>Marks the texts of the staff's list of members.</summary>
public sealed class MemberListTexts;
