using Diaspora.Domain.Access;
using Diaspora.Domain.Backups;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Tests.Backups;
using static Diaspora.Domain.Kernel.AuditAction;

namespace Diaspora.Tests.Audit;

/// <summary>What is done with backups.</summary>
internal static class BackupScenarios
{
    public static readonly Scenario[] All =
    [
        new("BackupService.CreateAsync", "", [BackupMade], stage =>
            VerbScenarios.Ready(stage.By(stage.Admin, () => stage.Get<BackupService>().CreateAsync(stage.Admin), isAboutMember: false))) { Apart = Made },
        new("BackupService.CreateDailyAsync", "with no folder to write to", [BackupFailed], stage =>
            VerbScenarios.Ready(stage.By(Actor.Task("backup"), () => WithoutFolderAsync(stage), isAboutMember: false))) { Apart = Made },
        new("BackupService.VerifyAsync", "", [BackupVerified], async stage =>
        {
            var name = (await stage.Get<BackupService>().CreateDailyAsync()).FileName!;
            return stage.By(stage.Admin, () => stage.Get<BackupService>().VerifyAsync(stage.Admin, name), isAboutMember: false);
        }),
        new("BackupService.OpenAsync", "", [BackupDownloaded], async stage =>
        {
            var admin = await stage.Database.AddAsync("Нигяр Керимова", Role.Admin, joinedOn: null, await stage.Get<IPasswords>().HashAsync(VerbScenarios.Password));
            var name = (await stage.Get<BackupService>().CreateDailyAsync()).FileName!;
            var form = new DownloadBackupForm { Password = VerbScenarios.Password };
            return stage.By(admin, async () => await (await stage.Get<BackupService>().OpenAsync(admin, name, form)).DisposeAsync(), isAboutMember: false);
        }) { Apart = Scenario.Tries },
    ];

    /// <summary>An archive is there before it can be told of, and so is its row; the first one gives the database its mark.</summary>
    private static string[] Made => ["BackupRuns", "DatabaseMarks"];

    private static async Task WithoutFolderAsync(Stage stage)
    {
        await using var blocked = new Blocked(stage.Database.Folder);
        await stage.Get<BackupService>().CreateDailyAsync();
    }
}
