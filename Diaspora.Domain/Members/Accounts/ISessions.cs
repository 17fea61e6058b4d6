namespace Diaspora.Domain.Members.Accounts;

/// <summary>Signs the browser of the current request in and out. For pages that answer a form post: a circuit cannot set a cookie.</summary>
public interface ISessions
{
    Task SignInAsync(Guid memberId);

    Task SignOutAsync();
}
