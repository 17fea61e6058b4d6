using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Notifications;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Diaspora.Data.Accounts;

/// <summary>The cookie holds a random key and nothing else; whose it is, and whether it still is, the database says at each request.</summary>
internal sealed class Sessions(IHttpContextAccessor accessor, IStore store, IOptions<SessionOptions> options, TimeProvider clock) : ISessions
{
    private const int KeyBytes = 32;
    private const string KeyClaim = "key";

    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("Only a request has a browser to sign in.");

    public async Task SignInAsync(SignedIn who, bool isNewDevice = false)
    {
        var (context, limits, now) = (Context, options.Value.Limits, clock.GetUtcNow().UtcDateTime);
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(KeyBytes));
        var old = IdOf(context.User);
        var role = await store.WriteAsync(async work =>
        {
            await work.Members.HoldAsync([who.MemberId]);
            var member = await work.Access.ActingAsync(who.MemberId) ?? throw new DomainException(Problems.MemberMerged);

            // In this very transaction: a password that was changed while they were on the way in opens nothing any more.
            if ((await work.Accounts.FindAsync(who.MemberId))?.Stamp != who.Stamp)
            {
                throw new DomainException(Problems.WrongSignIn, SignInThrottle.FreeTries, 1);
            }

            if (old is not null)
            {
                await work.Sessions.EndAsync(old);
            }

            var device = context.Request.Headers.UserAgent.ToString();
            await work.Sessions.AddAsync(new Session(IdOfKey(key), who.MemberId, member.Role, device, limits, now));
            if (isNewDevice)
            {
                work.Outbox.Tell(new Notice(Cause.NewDevice, who.MemberId, who.MemberId, now, new NoticeFacts(Device: device)));
            }

            return member.Role;
        });
        var holder = new ClaimsPrincipal(new ClaimsIdentity([new Claim(KeyClaim, key)], IdentityConstants.ApplicationScheme));
        await context.SignInAsync(IdentityConstants.ApplicationScheme, holder, new AuthenticationProperties { IsPersistent = true, IssuedUtc = now, ExpiresUtc = now + limits.MostOf(role) });
    }

    public async Task SignOutAsync()
    {
        if (IdOf(Context.User) is { } id)
        {
            await store.WriteAsync(async work =>
            {
                await work.Sessions.EndAsync(id);
                return true;
            });
        }

        await Context.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>The id of the session that somebody came with.</summary>
    public static string? IdOf(ClaimsPrincipal user) => user.FindFirstValue(Session.Claim);

    /// <summary>
    /// Puts the person of the session in the place of the key. A cookie of a session that ended stays where it is: a late answer must not delete the one
    /// that a new sign-in has set meanwhile.
    /// </summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context, LiveSessions sessions, SessionVisits visits)
    {
        var key = context.Principal?.FindFirstValue(KeyClaim);

        // The page that says that nothing can be read has nobody to ask who reads it.
        var isAway = context.HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is { OriginalStatusCode: StatusCodes.Status503ServiceUnavailable };
        if (key is null || isAway || await sessions.FindAsync(IdOfKey(key), context.HttpContext.RequestAborted) is not { } session)
        {
            context.RejectPrincipal();
            return;
        }

        context.ReplacePrincipal(PersonOf(session));

        // An open page keeps its circuit by itself: that is no visit.
        if (!context.HttpContext.Request.Path.StartsWithSegments("/_blazor"))
        {
            visits.Note(session);
        }
    }

    /// <summary>Member's name and role are for pages and policies. Every verb reads the role anew.</summary>
    private static ClaimsPrincipal PersonOf(SessionFacts session) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, session.MemberId.ToString()), new Claim(ClaimTypes.Name, session.FullName),
            new Claim(ClaimTypes.Role, session.Role.ToString()), new Claim(Session.Claim, session.Id),
        ], IdentityConstants.ApplicationScheme));

    /// <summary>Who reads the database has no key to come in with.</summary>
    private static string IdOfKey(string key) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(key)));
}
