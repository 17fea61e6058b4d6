using System.IO.Compression;
using Diaspora.Data.Backups;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Diaspora.Tests.Backups;

/// <summary>Archives made, listed, opened, laid in a second place and thinned out.</summary>
public sealed class ArchivesTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly string _disk = Directory.CreateTempSubdirectory("diaspora-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_disk, recursive: true);
    }

    [Fact]
    public async Task Create_WithReceipts_IsVerifiedAndListed()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var intent = await _database.StartAsync(member, "2026-03");
        await _database.AttachAsync(member, intent, PaymentSetup.Pdf);
        var archives = _database.Get<BackupArchives>();

        var run = await _database.BackUpAsync();

        var file = Assert.Single(archives.List());
        Assert.Equal((run.FileName, run.Bytes, false, _database.Clock.GetUtcNow().UtcDateTime), (file.Name, file.Bytes, file.IsEncrypted, file.MadeAt));
        Assert.Null((await archives.VerifyAsync(file.Name, Token)).Problem);
        await using var context = _database.Context();
        var kept = Assert.Single(context.Backups);
        Assert.Equal((run.Id, run.FinishedAt, run.FileName, true), (kept.Id, kept.FinishedAt, kept.FileName, kept.IsVerified));
        await using var opened = archives.Open(file.Name);
        await using var zip = new ZipArchive(opened);
        var manifest = await new StreamReader(await zip.GetEntry("manifest.json")!.OpenAsync(Token)).ReadToEndAsync(Token);
        Assert.Contains(context.Marks.Single().DatabaseId.ToString(), manifest, StringComparison.Ordinal);
        Assert.Equal(Path.GetFileName(_database.Files().Single()), zip.Entries.Single(entry => entry.FullName.StartsWith("receipts/", StringComparison.Ordinal)).Name);
    }

    [Theory]
    [InlineData("../diaspora.db")]
    [InlineData("diaspora-20260308-070000.zip/../../diaspora.db")]
    [InlineData("backing-up.lock")]
    [InlineData("diaspora-20200101-000000.zip")]
    public async Task Open_WhatIsNoArchive_IsNotThere(string name)
    {
        await _database.BackUpAsync();
        Assert.Throws<FileNotFoundException>(() => _database.Get<BackupArchives>().Open(name));
        await Assert.ThrowsAsync<FileNotFoundException>(() => _database.Get<BackupArchives>().VerifyAsync(name, Token));
    }

    /// <summary>A receipt that is lost is told in the log; it does not keep what is left from being saved.</summary>
    [Fact]
    public async Task Create_WhereAReceiptIsLostAlready_SavesTheRest()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        await _database.AttachAsync(member, await _database.StartAsync(member, "2026-03"), PaymentSetup.Pdf);
        File.Delete(_database.Files().Single());

        await _database.BackUpAsync();
    }

    /// <summary>The log's numbers are what shows that nothing was taken out.</summary>
    [Fact]
    public async Task Create_OverALogWithAGap_IsNoBackup()
    {
        await _database.AddAdminAsync();
        var member = await _database.AddAsync("Алиев Рашад");
        await _database.StartAsync(member, "2026-03");
        await _database.StartAsync(member, "2026-04");
        await _database.StartAsync(member, "2026-05");
        await using (var context = _database.Context())
        {
            await context.Database.ExecuteSqlRawAsync("DELETE FROM AuditEntries WHERE Id = (SELECT MIN(Id) + 1 FROM AuditEntries)", Token);
        }

        var run = await _database.Get<BackupArchives>().CreateAsync(Token);

        Assert.Contains("The log has gaps", run.Problem, StringComparison.Ordinal);
        Assert.Equal((false, null), (run.IsVerified, run.FileName));
        Assert.Equal([], _database.Get<BackupArchives>().List());
    }

    [Fact]
    public async Task Create_WhileAnotherIsMade_IsRefused()
    {
        Directory.CreateDirectory(_database.FolderOf());
        await using (new FileStream(Path.Combine(_database.FolderOf(), "backing-up.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal("Running: Another backup is being made now.", (await _database.Get<BackupArchives>().CreateAsync(Token)).Problem);
        }

        // It was no try that failed, so nobody is told of one.
        await using (var context = _database.Context())
        {
            Assert.Empty(context.Backups);
        }

        await _database.BackUpAsync();
    }

    /// <summary>A run that was killed leaves what it had begun; a backup under way, looked at from elsewhere, is not disturbed.</summary>
    [Fact]
    public async Task Create_AfterOneThatWasKilled_RemovesWhatItLeft()
    {
        var folder = Directory.CreateDirectory(_database.FolderOf()).FullName;
        string[] left = [".diaspora-copy.db.part", ".diaspora-copy.db.part-journal", ".diaspora-20260307-221000.zip.part"];
        foreach (var name in left.Append("notes.txt"))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), "half", Token);
        }

        var run = await _database.BackUpAsync();

        Assert.Equal(["backing-up.lock", run.FileName!, "notes.txt"], Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Create_WithASecondPlace_LaysTheSameThereAndThinsBothOut()
    {
        var place = _disk;
        string[] others = ["diaspora-20260308-030000.1a2b3c4d.zip", "diaspora-20260308-030001.1a2b3c4d.zip", "diaspora-20260308-030002.1a2b3c4d.zip", "diaspora-photos.zip"];
        foreach (var other in others)
        {
            await File.WriteAllTextAsync(Path.Combine(place, other), "another portal's, and somebody's", Token);
        }

        var portal = await _database.AnotherAsync(("Backups:CopyTo", place));
        var early = await portal.BackUpAsync();
        for (var more = 0; more < Retention.Fresh - 1; more++)
        {
            _database.Clock.Advance(TimeSpan.FromMinutes(1));
            await portal.BackUpAsync();
        }

        Assert.True(File.Exists(portal.PathOf(early)));
        _database.Clock.Advance(TimeSpan.FromMinutes(1));

        var run = await portal.BackUpAsync();

        Assert.NotNull(run.CopiedAt);
        Assert.Equal(await File.ReadAllBytesAsync(portal.PathOf(run), Token), await File.ReadAllBytesAsync(Path.Combine(place, run.FileName!), Token));
        Assert.False(File.Exists(portal.PathOf(early)));
        Assert.Equal(others.Concat(portal.Get<BackupArchives>().List().Select(file => file.Name)).Order(StringComparer.Ordinal), Directory.GetFiles(place).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Create_WhileTheSecondPlaceIsAway_KeepsTheArchiveAndSaysSo()
    {
        var place = Path.Combine(_disk, "mount");
        var portal = await _database.AnotherAsync(("Backups:CopyTo", place));

        var run = await portal.Get<BackupArchives>().CreateAsync(Token);

        Assert.Equal((true, null), (run.IsVerified, run.CopiedAt));
        Assert.Contains($"there is no copy of it: the second place {place} is not there", run.Problem, StringComparison.Ordinal);
        Assert.Equal(run.FileName, Assert.Single(portal.Get<BackupArchives>().List()).Name);
        Assert.False(Directory.Exists(place));
    }

    /// <summary>What is copied is one moment: the log's numbers have no gap, and what a verb wrote is there whole or not at all.</summary>
    [Fact]
    public async Task Create_WhileOthersWrite_IsAMomentThatWas()
    {
        List<Actor> members = [];
        for (var count = 0; count < 20; count++)
        {
            members.Add(await _database.AddAsync($"Алиев Рашад {count}"));
        }

        var writing = Task.Run(async () =>
        {
            foreach (var month in (string[])["2026-03", "2026-04", "2026-05"])
            {
                foreach (var member in members)
                {
                    await _database.StartAsync(member, month);
                }
            }
        }, Token);
        await _database.BackUpAsync();
        await writing;
    }
}
