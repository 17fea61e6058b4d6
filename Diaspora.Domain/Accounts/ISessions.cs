namespace Diaspora.Domain.Accounts;

/// <summary>The session of the browser that sends this request: a cookie that outlives the browser's closing.</summary>
public interface ISessions
{
    Task SignInAsync(Guid memberId);

    Task SignOutAsync();
}
