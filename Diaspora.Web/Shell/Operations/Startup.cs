using Diaspora.Data;
using Diaspora.Data.Demo;
using Diaspora.Data.Operations;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Settings;
using Diaspora.Web.Dues;
using Diaspora.Web.Settings;
using Diaspora.Web.Shell.Live;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Shell.Operations;

/// <summary>
/// What happens once before the portal answers: the newest database, its settings, demo data in Development, the first admin
/// elsewhere, and what the members' list is filtered by, as of today.
/// </summary>
public static class Startup
{
    /// <exception cref="OptionsValidationException">A setting is wrong; the message names its key.</exception>
    /// <exception cref="InvalidOperationException">A setting of the first admin is wrong; the message names its key. Or another portal works with the database already.</exception>
    public static async Task PrepareAsync(this WebApplication app)
    {
        var seed = app.Services.GetRequiredService<SettingsSeed>().Read();
        var (portals, isShared) = (app.Services.GetRequiredService<Portals>(), app.Services.GetService<RedisFeed>() is not null);
        await portals.RequireRoomAsync(isShared);
        await app.Services.GetRequiredService<DatabaseStartup>().MigrateAsync();
        await portals.EnterAsync(isShared);
        await app.Services.GetRequiredService<SettingsService>().SeedAsync(seed);
        WarnOfOldZone(app);
        await using var scope = app.Services.CreateAsyncScope();
        var members = scope.ServiceProvider.GetRequiredService<MemberService>();
        if (!app.Environment.IsDevelopment())
        {
            WarnOfMissingContacts(app);
            await EnsureAdminAsync(app, scope.ServiceProvider.GetRequiredService<AccountService>());
            await members.RefreshListingsAsync();
            return;
        }

        await ActivatorUtilities.CreateInstance<DemoData>(scope.ServiceProvider).SeedAsync();
        await members.RefreshListingsAsync();
        app.Lifetime.ApplicationStarted.Register(() => Greet(app));
    }

    private static void WarnOfOldZone(WebApplication app)
    {
        if (ZoneCheck.IsOld(app.Services.GetRequiredService<CurrentSettings>().Rules.Zone))
        {
            app.Logger.LogWarning(ZoneCheck.Advice);
        }
    }

    private static void WarnOfMissingContacts(WebApplication app)
    {
        foreach (var contact in app.Services.GetRequiredService<CurrentSettings>().Value.Association.Missing)
        {
            app.Logger.LogWarning("The association has no {Contact}: members see no such contact until it is written at {Page}", contact, Urls.AdminSettings);
        }
    }

    private static async Task EnsureAdminAsync(WebApplication app, AccountService accounts)
    {
        // Once there is an admin the settings may go; what is left of them is not looked at.
        if (await accounts.HasAdminAsync())
        {
            return;
        }

        var settings = app.Configuration.GetSection("Admin");
        if (settings["Phone"] is not { Length: > 0 } phoneText)
        {
            app.Logger.LogWarning("Nobody can confirm payments yet: set Admin:Phone, Admin:Password and Admin:FullName and start again");
            return;
        }

        if (!PhoneNumber.TryParse(phoneText, out var phone, out _))
        {
            throw new InvalidOperationException("Admin:Phone is not a telephone number.");
        }

        var name = settings["FullName"] ?? "";
        if (PersonName.Tidy(name).Length == 0)
        {
            throw new InvalidOperationException("Admin:FullName is missing.");
        }

        var password = settings["Password"] ?? "";
        if (app.Services.GetRequiredService<PasswordRules>().Check(password, name, phone.Value) is { } problem)
        {
            throw new InvalidOperationException($"Admin:Password is refused: {problem.Code}.");
        }

        try
        {
            await accounts.EnsureAdminAsync(name, phone, password);
            app.Logger.LogInformation("The first admin was made from the settings");
        }
        catch (DomainException refused) when (refused.Problem.Code == Problems.PhoneTaken)
        {
            throw new InvalidOperationException("Admin:Phone belongs to a member already: give the first admin another number.", refused);
        }
    }

    /// <summary>Printed, not logged: it is for the person who has just started the portal on their own machine.</summary>
    private static void Greet(WebApplication app)
    {
        Console.WriteLine();
        Console.WriteLine($"  Diaspora: {string.Join(", ", app.Urls)}");
        foreach (var account in DemoData.Accounts)
        {
            Console.WriteLine($"  {account.About,-22} {account.Phone}   {account.Password}");
        }

        Console.WriteLine();
    }
}
