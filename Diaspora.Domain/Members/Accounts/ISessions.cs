namespace Diaspora.Domain.Members.Accounts;

/// <summary>Signs the browser of the current request in and out. For pages that answer a form post: a circuit cannot set a cookie.</summary>
public interface ISessions
{
    /// <summary>Opens a new session with a key of its own and ends the one that this browser had.</summary>
    /// <exception cref="DomainException">The password was changed, or all sessions were ended, since they were let in.</exception>
    /// <param name="isNewDevice">The member did not sign in on it before, or came by a link: they are told.</param>
    Task SignInAsync(SignedIn who, bool isNewDevice = false);

    Task SignOutAsync();
}
