using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using static Diaspora.Domain.Kernel.AuditAction;
using static Diaspora.Tests.Audit.VerbScenarios;

namespace Diaspora.Tests.Audit;

/// <summary>Getting in, and failing to. The door leaves a note, and the log is written behind it.</summary>
internal static class SigningInScenarios
{
    public static readonly Scenario[] All =
    [
        new("AccountService.SignInAsync", "member", [MemberSignedIn], stage => SigningInAsync(stage, Role.Member)) { Apart = Scenario.Tries },
        new("AccountService.SignInAsync", "staff", [StaffSignedIn], stage => SigningInAsync(stage, Role.Cashier)) { Apart = Scenario.Tries },
        new("AccountService.SignInAsync", "wrong password", [SignInFailed], async stage =>
        {
            var (_, id) = await RegistrationScenarios.RegisterAsync(stage);
            return async () =>
            {
                await stage.FailAsync(stage.Phone);
                await stage.WriteTrailAsync();
                return new Named(null, id);
            };
        }) { Apart = Scenario.Tries },
        new("SignInTrailService.WriteAsync", "", [GuessingNoticed], stage => Ready(async () =>
        {
            stage.Get<SignInTrail>().Noticed(new Guessing("198.51.100.9", GuessWatch.PhonesOfOnePlace, 40, DateTime.UnixEpoch));
            await stage.WriteTrailAsync();
            return new Named(null, null);
        })),
        new("AccountService.ResetAsync", "staff", [PasswordReset, StaffSignedIn], async stage =>
        {
            var id = stage.Cashier.MemberId!.Value;
            var token = await stage.Get<AccountService>().CreateLinkAsync(stage.Admin, id);
            return async () =>
            {
                await stage.Get<AccountService>().ResetAsync(Visitor, new ResetForm { MemberId = id, Token = token, Password = Password, Consent = true });
                await stage.WriteTrailAsync();
                return new Named(id, id);
            };
        }),
        new("OwnAccountService.ChangePasswordAsync", "", [PasswordChanged], async stage =>
        {
            var (id, _) = await RegistrationScenarios.RegisterAsync(stage);
            return async () =>
            {
                await stage.Get<OwnAccountService>().ChangePasswordAsync(Visitor with { MemberId = id }, new ChangePasswordForm { CurrentPassword = Password, Password = "море и два берега" });
                return new Named(id, id);
            };
        }),
    ];

    private static async Task<Func<Task<Named>>> SigningInAsync(Stage stage, Role role)
    {
        var id = (await RegistrationScenarios.RegisterAsync(stage)).Subject!.Value;
        if (role != Role.Member)
        {
            await stage.Get<MemberService>().AppointAsync(stage.Admin, id, new AppointMemberForm { Role = role });
        }

        return async () =>
        {
            await stage.Get<AccountService>().SignInAsync(Visitor, new SignInForm { Phone = stage.Phone, Password = Password }, null);
            await stage.WriteTrailAsync();
            return new Named(id, id);
        };
    }

    private static Task FailAsync(this Stage stage, string phone) =>
        Assert.ThrowsAsync<DomainException>(() => stage.Get<AccountService>().SignInAsync(Visitor, new SignInForm { Phone = phone, Password = "не то слово" }, null));

    private static Task WriteTrailAsync(this Stage stage) => stage.Get<SignInTrailService>().WriteAsync();
}
