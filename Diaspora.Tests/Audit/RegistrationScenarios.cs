using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using static Diaspora.Domain.Kernel.AuditAction;
using static Diaspora.Tests.Audit.VerbScenarios;

namespace Diaspora.Tests.Audit;

/// <summary>Registering, and asking to get in with the phone of somebody who is in the list.</summary>
internal static class RegistrationScenarios
{
    private const string Code = "4821";

    public static readonly Scenario[] All =
    [
        new("RegistrationService.RegisterAsync", "", [MemberRegistered], stage => Ready(() => RegisterAsync(stage))),
        new("RegistrationService.RegisterAsync", "phone of a list", [RegistrationRequested], async stage =>
        {
            var known = await KnownAsync(stage);
            return async () =>
            {
                await AskAsync(stage, known);
                return new Named(null, known.MemberId);
            };
        }),
        new("RegistrationService.ApproveAsync", "", [RegistrationApproved], stage => AskedAsync(stage, (service, request) => service.ApproveAsync(stage.Admin, request, new ApproveRegistrationForm { Code = Code }))),
        new("RegistrationService.RefuseAsync", "", [RegistrationRefused], stage => AskedAsync(stage, (service, request) => service.RefuseAsync(stage.Admin, request))),
    ];

    /// <summary>Somebody who is in the list and never signed in.</summary>
    private static Task<Actor> KnownAsync(Stage stage) => stage.Database.AddAsync("Алиев Рашад", passwordHash: null);

    /// <returns>The request's id.</returns>
    private static async Task<Guid> AskAsync(Stage stage, Actor known)
    {
        var phone = (await stage.Get<MemberService>().ProfileAsync(known)).Phone;
        var form = new RegisterForm { FullName = "Алиев Рашад", Phone = phone, Password = Password, City = "Шымкент", Consent = true };
        var ticket = RegistrationTicket.New() with { Code = Code };
        Assert.Null(await stage.Get<RegistrationService>().RegisterAsync(Visitor, form, "kk", ticket));
        return ticket.Id;
    }

    private static async Task<Func<Task<Named>>> AskedAsync(Stage stage, Func<RegistrationService, Guid, Task> decide)
    {
        var known = await KnownAsync(stage);
        var request = await AskAsync(stage, known);
        var service = stage.Get<RegistrationService>();
        return async () =>
        {
            await decide(service, request);
            return new Named(stage.Admin.MemberId, known.MemberId);
        };
    }

    public static async Task<Named> RegisterAsync(Stage stage)
    {
        var form = new RegisterForm { FullName = "Новый Участник", Phone = stage.Phone, Password = Password, Consent = true };
        var id = (await stage.Get<RegistrationService>().RegisterAsync(Visitor, form, "ru"))!.MemberId;
        return new Named(id, id);
    }
}
