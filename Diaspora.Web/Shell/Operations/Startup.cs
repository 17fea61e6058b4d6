using Diaspora.Data;
using Diaspora.Data.Demo;
using Diaspora.Data.Operations;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;
using Diaspora.Web.Accounts;
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
    /// <param name="isAccepted">Whether the database is the right one, whatever the folder remembers.</param>
    /// <exception cref="StartRefusedException">The configuration, the storage or the database are not what they have to be, or another portal works with it.</exception>
    public static async Task PrepareAsync(this WebApplication app, bool isAccepted)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var folder = app.Services.GetRequiredService<PortalLock>();
        folder.EndRestore();
        await CheckAsync(app, isAccepted);
        folder.Hold();
        var seed = SeedOf(app);
        var (portals, isShared) = (app.Services.GetRequiredService<Portals>(), app.Services.GetService<RedisFeed>() is not null);
        await portals.RequireRoomAsync(isShared);
        await app.Services.GetRequiredService<DatabaseGuard>().OpenAsync();
        await portals.EnterAsync(isShared);
        await app.Services.GetRequiredService<SettingsService>().SeedAsync(seed);
        await app.Services.GetRequiredService<MessageTextService>().RefreshAsync();
        WarnOfOldZone(app);
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

    /// <summary>All reasons are collected before anything is written.</summary>
    private static async Task CheckAsync(WebApplication app, bool isAccepted)
    {
        var reasons = app.Services.GetRequiredService<StartReasons>();
        StartChecks.AddTo(reasons, app);
        var found = reasons.Name(StorageOptions.Section, DatabaseOptions.Section) ? null : await app.Services.GetRequiredService<DatabaseGuard>().LookAsync(reasons, isAccepted);

        // Once there is an admin the settings may go; what is left of them is not looked at.
        if (found is { HasAdmin: false } && !app.Environment.IsDevelopment())
        {
            app.Services.GetRequiredService<CurrentSettings>().Use(SeedOf(app));
            reasons.Add(FirstAdminFaults(app));
        }

        foreach (var reason in reasons.All)
        {
            app.Logger.LogCritical("The portal does not start. {Reason}", reason);
        }

        reasons.Throw();
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

    /// <summary>What a password must not be made of comes from it too, so there is one even where a contact is wrong.</summary>
    private static SettingsSnapshot SeedOf(WebApplication app)
    {
        try
        {
            return app.Services.GetRequiredService<SettingsSeed>().Read();
        }
        catch (OptionsValidationException)
        {
            return new SettingsSnapshot(app.Services.GetRequiredService<DuesRules>());
        }
    }

    private static IEnumerable<string> FirstAdminFaults(WebApplication app)
    {
        var admin = app.Services.GetRequiredService<IOptions<AdminOptions>>().Value;
        if (!admin.IsGiven)
        {
            return string.IsNullOrEmpty(admin.Password) ? [] : ["Admin:Phone is missing; Admin:Password is given, so it is needed."];
        }

        List<string> faults = [];
        if (!PhoneNumber.TryParse(admin.Phone, out var phone, out _))
        {
            faults.Add("Admin:Phone is not a telephone number.");
        }

        if (PersonName.Tidy(admin.FullName ?? "").Length == 0)
        {
            faults.Add("Admin:FullName is missing.");
        }

        if (string.IsNullOrEmpty(admin.Password))
        {
            faults.Add("Admin:Password is missing.");
        }
        else if (app.Services.GetRequiredService<PasswordRules>().Check(admin.Password, admin.FullName, phone?.Value) is { } problem)
        {
            faults.Add($"Admin:Password is refused: {problem.Code}.");
        }

        return faults;
    }

    private static async Task EnsureAdminAsync(WebApplication app, AccountService accounts)
    {
        if (await accounts.HasAdminAsync())
        {
            return;
        }

        var admin = app.Services.GetRequiredService<IOptions<AdminOptions>>().Value;
        if (!admin.IsGiven)
        {
            app.Logger.LogWarning("Nobody can confirm payments yet: set Admin:Phone, Admin:Password and Admin:FullName and start again");
            return;
        }

        try
        {
            await accounts.EnsureAdminAsync(admin.FullName!, PhoneNumber.Parse(admin.Phone!), admin.Password!);
            app.Logger.LogInformation("The first admin was made from the settings");
        }
        catch (DomainException refused) when (refused.Problem.Code == Problems.PhoneTaken)
        {
            throw new StartRefusedException("Admin:Phone belongs to a member already: give the first admin another number.");
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
