using Diaspora.Data.Backups;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Xunit;

namespace Diaspora.Tests.Backups;

/// <summary>Archives made, listed, looked at and opened.</summary>
public sealed class ArchivesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_WithReceipts_IsVerifiedAndListed()
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        var member = await database.AddAsync("Алиев Рашад");
        var intent = await database.StartAsync(member, "2026-03");
        await database.AttachAsync(member, intent, PaymentSetup.Pdf);
        var archives = database.Get<BackupArchives>();

        var run = await archives.CreateAsync(Token);

        Assert.Null(run.Problem);
        Assert.True(run.IsVerified);
        var file = Assert.Single(archives.List());
        Assert.Equal((run.FileName, run.Bytes, false, database.Clock.GetUtcNow().UtcDateTime), (file.Name, file.Bytes, file.IsEncrypted, file.MadeAt));
        Assert.Equal([], (await archives.VerifyAsync(file.Name, Token)).Problems);
        await using var opened = archives.Open(file.Name);
        Assert.Equal(file.Bytes, opened.Length);
    }
}
