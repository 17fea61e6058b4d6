namespace Diaspora.Web.Members.Admin.List;

/// <summary>Marks the texts of the staff's list of members.</summary>
public sealed class MemberListTexts;
