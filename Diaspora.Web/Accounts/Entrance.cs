using System.Security.Claims;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Diaspora.Web.Accounts;

/// <summary>
/// The ways in. Each counts the request against its address, asks the rules, then opens the session of this browser and says
/// where to go next. A refusal of a flood answers 429; what was typed stays on the page.
/// </summary>
public sealed class Entrance(AccountService accounts, OwnAccountService own, RegistrationService registrations, ISessions sessions, KnownDevice device, AddressLimits limits)
{
    /// <exception cref="FormException">A field is wrong, or the phone is registered already.</exception>
    /// <exception cref="DomainException">Too many forms came from this address.</exception>
    public async Task<string> RegisterAsync(HttpContext context, RegisterForm form, string? returnUrl)
    {
        RefuseFlood(context, limits.MayRegister(context.Connection.RemoteIpAddress));
        try
        {
            var ticket = KeptTicket.Of(context, form.Phone) ?? RegistrationTicket.New();
            if (await Answered(context, registrations.RegisterAsync(CurrentActor.Of(context), form, Languages.Current, ticket, context.RequestAborted)) is { } who)
                return await OpenAsync(context, who, PhoneNumber.Parse(form.Phone), returnUrl);

            KeptTicket.Keep(context, form.Phone, ticket);
            return Urls.RegisterWaits;
        }
        catch (FormException refused) when (refused.Problems[nameof(form.Phone)]?.Code == Problems.PhoneTaken)
        {
            // The same form sent twice: whoever knows the password is the one who has just registered.
            if (await ComeBackAsync(context, form) is not { } who)
                throw;

            return await OpenAsync(context, who, PhoneNumber.Parse(form.Phone), returnUrl);
        }
    }

    /// <exception cref="FormException">A field is wrong.</exception>
    /// <exception cref="DomainException">Phone or password is wrong, a pause is on, the member is blocked, or the address sends too much.</exception>
    public async Task<string> SignInAsync(HttpContext context, SignInForm form, string? returnUrl)
    {
        RefuseFlood(context, limits.MaySignIn(context.Connection.RemoteIpAddress));
        var known = PhoneNumber.TryParse(form.Phone, out var phone, out _) ? device.IdFor(context, phone) : null;
        var who = await Answered(context, accounts.SignInAsync(CurrentActor.Of(context), form, known, context.RequestAborted));
        return await OpenAsync(context, who, phone, returnUrl, isNewDevice: known is null);
    }

    /// <exception cref="FormException">The phone is no possible number.</exception>
    /// <exception cref="DomainException">Too many forms came from this address.</exception>
    public async Task ForgotAsync(HttpContext context, ForgotForm form)
    {
        RefuseFlood(context, limits.MaySignIn(context.Connection.RemoteIpAddress));
        await accounts.ForgotAsync(form, context.RequestAborted);
    }

    /// <exception cref="FormException">The password is too short, too long, or a common one.</exception>
    /// <exception cref="DomainException">The link is spent, the member is blocked, or the address sends too much.</exception>
    public async Task<string> ResetAsync(HttpContext context, ResetForm form)
    {
        RefuseFlood(context, limits.MaySignIn(context.Connection.RemoteIpAddress));
        var who = await Answered(context, accounts.ResetAsync(CurrentActor.Of(context), form, context.RequestAborted));
        return await OpenAsync(context, who, phone: null, returnUrl: null, isNewDevice: true);
    }

    /// <summary>A new session for this browser: a copy of its old cookie is worth nothing any more, nor is any other browser's.</summary>
    /// <exception cref="FormException">The old password is wrong, or the new one is none to use.</exception>
    /// <exception cref="DomainException">A pause is on, or the address sends too much.</exception>
    public async Task<string> ChangePasswordAsync(HttpContext context, ChangePasswordForm form)
    {
        RefuseFlood(context, limits.MaySignIn(context.Connection.RemoteIpAddress));
        await sessions.SignInAsync(await Answered(context, own.ChangePasswordAsync(CurrentActor.Of(context), form, context.RequestAborted)));
        return $"{Urls.Password}?done=true";
    }

    /// <summary>Where a signed-in person goes from a page that is for strangers.</summary>
    public static string Onward(ClaimsPrincipal user, string? returnUrl) => Onward(RoleOf(user), returnUrl);

    private static string Onward(Role role, string? returnUrl)
    {
        var mayLeadStaff = ActingMember.Allows(role, Permission.Cashier);
        return IsUseful(returnUrl, role) ? Urls.InAscii(returnUrl!) : mayLeadStaff ? Urls.AdminPayments : Urls.Cabinet;
    }

    /// <summary>Only a path of this site, never a page of this slice, and nothing of the staff for a member.</summary>
    private static bool IsUseful(string? returnUrl, Role role) =>
        RedirectHttpResult.IsLocalUrl(returnUrl)
        && !returnUrl.StartsWith("/auth/", StringComparison.OrdinalIgnoreCase)
        && !returnUrl.StartsWith(Urls.AdminLogin, StringComparison.OrdinalIgnoreCase)
        && (role != Role.Member || !returnUrl.StartsWith(Urls.Admin, StringComparison.OrdinalIgnoreCase));

    private static Role RoleOf(ClaimsPrincipal user) => Enum.GetValues<Role>().Reverse().FirstOrDefault(role => user.IsInRole(role.ToString()));

    private async Task<string> OpenAsync(HttpContext context, SignedIn who, PhoneNumber? phone, string? returnUrl, bool isNewDevice = false)
    {
        await sessions.SignInAsync(who, isNewDevice);
        LanguageEndpoints.Remember(context, who.Language);
        if (phone is not null)
            device.Remember(context, phone);

        return Onward(who.Role, returnUrl);
    }

    private async Task<SignedIn?> ComeBackAsync(HttpContext context, RegisterForm form)
    {
        try
        {
            var signIn = new SignInForm { Phone = form.Phone, Password = form.Password };
            return await accounts.SignInAsync(CurrentActor.Of(context), signIn, device.IdFor(context, PhoneNumber.Parse(form.Phone)), context.RequestAborted);
        }
        catch (DomainException)
        {
            return null;
        }
    }

    private static void RefuseFlood(HttpContext context, bool isWelcome)
    {
        if (isWelcome)
            return;

        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        throw new DomainException(Problems.TooManyAttempts);
    }

    /// <summary>Machines read the status: a pause and a full queue are 429 as well.</summary>
    private static async Task<T> Answered<T>(HttpContext context, Task<T> answer)
    {
        await Answered(context, (Task)answer);
        return await answer;
    }

    private static async Task Answered(HttpContext context, Task answer)
    {
        try
        {
            await answer;
        }
        catch (DomainException refused) when (refused.Problem.Code is Problems.SignInPaused or Problems.TooManyAttempts)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            throw;
        }
    }
}
