namespace Diaspora.Web.Accounts;

/// <summary>Marks the texts of registering, signing in and getting back in.</summary>
public sealed class AccountsTexts;
