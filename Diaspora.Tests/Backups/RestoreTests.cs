using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Diaspora.Data;
using Diaspora.Data.Backups;
using Diaspora.Data.Operations;
using Diaspora.Tests.Storage;
using Microsoft.Extensions.Options;
using Xunit;

namespace Diaspora.Tests.Backups;

/// <summary>What a restore refuses, what it keeps, and that there is no state between the old and the new.</summary>
public sealed class RestoreTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private string _archive = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        await _database.AddAsync("Алиев Рашад");
        _database.AddReceipt(1000);
        _archive = _database.PathOf(await _database.BackUpAsync());
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", "newer version")]
    [InlineData("\"lastMigration\": \"2026", "\"lastMigration\": \"2996", "newer version")]
    [InlineData("\"name\": \"receipts/", "\"name\": \"receipts/../../", "does not belong into an archive")]
    [InlineData("\"Members\": 1", "\"Members\": 2", "differ in rows of Members: 2 and 1")]
    public async Task Restore_AnArchiveThisPortalDoesNotKnow_ChangesNothing(string was, string becomes, string said)
    {
        await using var machine = _database.EmptyMachine();
        Assert.Contains(said, await machine.RefusedRestoreAsync(Rewritten(was, becomes)), StringComparison.Ordinal);

        Assert.Equal(["portal.lock"], BackupSetup.Files(machine.Folder).Keys);
        Assert.False(Directory.Exists(Path.Combine(machine.Folder, "restoring")));
    }

    [Fact]
    public async Task Restore_WhileAPortalHoldsTheFolder_IsRefusedUntilItStops()
    {
        await using var machine = _database.EmptyMachine();
        using (var portal = new PortalLock(machine.Get<StorageFolders>()))
        using (var another = new PortalLock(machine.Get<StorageFolders>()))
        {
            portal.Hold();
            another.Hold();
            Assert.Contains("stop it first", await machine.RefusedRestoreAsync(_archive), StringComparison.Ordinal);
            portal.Dispose();
            Assert.Contains("stop it first", await machine.RefusedRestoreAsync(_archive), StringComparison.Ordinal);
        }

        await machine.RestoreAsync(_archive);
    }

    /// <summary>A restored portal would tell its admins of a backup that never ended.</summary>
    [Fact]
    public async Task Restore_AnArchive_KnowsNothingOfTheBackupThatItIs()
    {
        await using var machine = _database.EmptyMachine();
        await machine.RestoreAsync(_archive);

        await using var context = machine.Context();
        Assert.Empty(context.Backups);
    }

    /// <summary>The folder's lock says nothing of a file elsewhere.</summary>
    [Fact]
    public async Task Restore_WhileAPortalOfAnotherFolderWorksWithTheFile_IsRefusedUntilItIsGone()
    {
        await using var machine = _database.EmptyMachine(("Database:ConnectionString", $"Data Source={_database.Get<StorageFolders>().Database}"));
        await _database.Get<Portals>().EnterAsync(isShared: false, Token);
        Assert.Contains("A portal works with", await machine.RefusedRestoreAsync(_archive), StringComparison.Ordinal);

        await _database.Get<Portals>().LeaveAsync(Token);
        SqliteFiles.Close(_database.Get<IContextFactory>().FileOf());
        await machine.RestoreAsync(_archive);
    }

    [Fact]
    public async Task Restore_APlainArchiveWhereThereIsAPassphrase_AsksWhetherItIsKnown()
    {
        await using var machine = _database.EmptyMachine(("Backups:Passphrase", BackupSetup.Passphrase));
        Assert.Contains("--accept-unencrypted", await machine.RefusedRestoreAsync(_archive), StringComparison.Ordinal);
        await machine.RestoreAsync(_archive, isPlainAccepted: true);
    }

    /// <summary>What is in the log beside the old database must not be played into the new one, and nothing of it is lost.</summary>
    [Fact]
    public async Task Restore_OverAFolderWithData_KeepsItAsideWithItsLog()
    {
        await using var machine = _database.EmptyMachine();
        var folders = machine.Get<StorageFolders>();
        folders.Prepare();
        foreach (var (path, text) in ((string, string)[])[(folders.Database, "old"), (folders.Database + "-wal", "its log"), (folders.Database + "-shm", "memory"), (Path.Combine(folders.Receipts, "old"), "receipt")])
        {
            await File.WriteAllTextAsync(path, text, Token);
        }

        var restored = await machine.RestoreAsync(_archive);

        var kept = Assert.Single(restored.Kept);
        Assert.Equal(["diaspora.db", "diaspora.db-shm", "diaspora.db-wal", Path.Combine("receipts", "old")], BackupSetup.Files(kept).Keys);
        Assert.Equal(BackupSetup.Rows(_database.Get<StorageFolders>().Database), BackupSetup.Rows(folders.Database));
        Assert.False(File.Exists(folders.Database + "-wal"));
        Assert.Equal(BackupSetup.Files(_database.Get<StorageFolders>().Receipts), BackupSetup.Files(folders.Receipts));
    }

    /// <summary>Killed before any of its steps: whoever comes next finds the old or the new state, and never a mixture.</summary>
    [Fact]
    public async Task Restore_KilledAnywhere_LeavesTheOldOrTheNew()
    {
        for (var steps = 0; ; steps++)
        {
            await using var machine = _database.EmptyMachine();
            var folders = machine.Get<StorageFolders>();
            folders.Prepare();
            await File.WriteAllTextAsync(folders.Database, "old", Token);
            await File.WriteAllTextAsync(folders.Database + "-wal", "its log", Token);
            await File.WriteAllTextAsync(Path.Combine(folders.Keys, "old"), "key", Token);
            var dying = new DyingRestore(machine, steps);
            var fault = await Record.ExceptionAsync(() => dying.RestoreAsync(_archive, cancel: Token));
            if (fault is null)
            {
                Assert.True(steps > 5);
                return;
            }

            // A portal that starts, as any process that looks at the folder, goes on where the killed one stopped.
            machine.Get<PortalLock>().EndRestore();
            if (steps == 0)
            {
                Assert.Equal("old", await File.ReadAllTextAsync(folders.Database, Token));
                Assert.Equal(["old"], BackupSetup.Files(folders.Keys).Keys);
            }
            else
            {
                Assert.Equal(BackupSetup.Rows(_database.Get<StorageFolders>().Database), BackupSetup.Rows(folders.Database));
                Assert.Equal(BackupSetup.Files(_database.Get<StorageFolders>().Receipts), BackupSetup.Files(folders.Receipts));
                Assert.False(File.Exists(folders.Database + "-wal"));
                Assert.Empty(Directory.GetFiles(folders.Keys));
            }

            Assert.False(File.Exists(folders.RestoreJournal) || Directory.Exists(Path.Combine(machine.Folder, "restoring")));
            await machine.RestoreAsync(_archive);
        }
    }

    /// <summary>A disk that refuses in the middle is no process that dies: then all goes back.</summary>
    [Fact]
    public async Task Restore_ThatCannotMoveOn_MovesBack()
    {
        await using var machine = _database.EmptyMachine();
        var folders = machine.Get<StorageFolders>();
        folders.Prepare();
        await File.WriteAllTextAsync(folders.Database, "old", Token);
        await File.WriteAllTextAsync(Path.Combine(folders.Keys, "old"), "key", Token);
        var before = BackupSetup.Files(machine.Folder);

        await Assert.ThrowsAsync<BackupException>(() => new DyingRestore(machine, 3) { Stumbles = true }.RestoreAsync(_archive, cancel: Token));

        before["portal.lock"] = "";
        Assert.Equal(before, BackupSetup.Files(machine.Folder));
    }

    [Fact]
    public async Task Restore_AfterOneThatWasKilledWhileUnpacking_GoesOnCleanly()
    {
        await using var machine = _database.EmptyMachine();
        var half = Directory.CreateDirectory(Path.Combine(machine.Folder, "restoring", "receipts"));
        await File.WriteAllTextAsync(Path.Combine(half.FullName, "half"), "ha", Token);

        await machine.RestoreAsync(_archive);

        Assert.Equal(BackupSetup.Files(_database.Get<StorageFolders>().Receipts), BackupSetup.Files(machine.Get<StorageFolders>().Receipts));
    }

    /// <summary>With another manifest, and the sum at the end that belongs to it.</summary>
    private string Rewritten(string was, string becomes)
    {
        var path = Path.Combine(_database.Folder, "rewritten.zip");
        File.Copy(_archive, path);
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Update))
        using (var entry = zip.GetEntry("manifest.json")!.Open())
        {
            var manifest = new StreamReader(entry).ReadToEnd();
            Assert.Contains(was, manifest, StringComparison.Ordinal);
            entry.SetLength(0);
            entry.Write(Encoding.UTF8.GetBytes(manifest.Replace(was, becomes, StringComparison.Ordinal)));
        }

        var content = File.ReadAllBytes(path);
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(content.AsSpan(..^64)))).CopyTo(content.AsSpan(^64..));
        File.WriteAllBytes(path, content);
        return path;
    }

    private sealed class DyingRestore(TestDatabase machine, int steps)
        : BackupRestore(machine.Get<StorageFolders>(), machine.Get<IContextFactory>(), machine.Get<IOptions<BackupOptions>>(), machine.Clock)
    {
        private int _left = steps;

        /// <summary>It fails once, and lives.</summary>
        public bool Stumbles { get; init; }

        protected override void Move(string from, string to)
        {
            if (_left-- == 0 || (_left < 0 && !Stumbles))
            {
                throw new IOException("Dead.");
            }

            base.Move(from, to);
        }
    }
}
