namespace Diaspora.Web.Accounts;

/// <summary>The section <c>Admin</c>: the first admin, made where there is none.</summary>
public sealed class AdminOptions
{
    public const string Section = "Admin";

    public string? Phone { get; set; }

    public string? Password { get; set; }

    public string? FullName { get; set; }

    /// <summary>Without the number nobody is made.</summary>
    public bool IsGiven => !string.IsNullOrWhiteSpace(Phone);
}
