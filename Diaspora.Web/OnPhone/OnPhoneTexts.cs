namespace Diaspora.Web.OnPhone;

/// <summary>Marks the texts of the portal as an app on a phone.</summary>
public sealed class OnPhoneTexts;
