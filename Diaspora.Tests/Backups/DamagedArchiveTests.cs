using System.Buffers.Binary;
using CsCheck;
using Diaspora.Data.Backups;
using Diaspora.Tests.Storage;
using Xunit;

namespace Diaspora.Tests.Backups;

/// <summary>Whatever happens to an archive on its way through the years is found before anybody relies on it.</summary>
public sealed class DamagedArchiveTests(DamagedArchiveTests.Archives archives) : IClassFixture<DamagedArchiveTests.Archives>
{
    /// <summary>As SealHeader describes it: the beginning, and a chunk with its tag.</summary>
    private const int Header = 63;
    private const int Chunk = (1024 * 1024) + 16;

    private readonly TestDatabase _database = archives.Database;
    private readonly byte[] _plain = archives.Plain;
    private readonly byte[] _sealed = archives.Sealed;

    public sealed class Archives : IAsyncLifetime
    {
        public TestDatabase Database { get; } = new();

        public TestDatabase Sealing { get; private set; } = null!;

        public byte[] Plain { get; private set; } = [];

        public byte[] Sealed { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            await Database.InitializeAsync();
            await Database.AddAsync("Алиев Рашад");
            Database.AddReceipt(3 * 1024 * 1024);
            Sealing = await Database.AnotherAsync(("Backups:Passphrase", BackupSetup.Passphrase));
            Plain = await File.ReadAllBytesAsync(Database.PathOf(await Database.BackUpAsync()));
            Database.Clock.Advance(TimeSpan.FromDays(1));
            Sealed = await File.ReadAllBytesAsync(Database.PathOf(await Sealing.BackUpAsync()));
            Assert.True(Sealed.Length > Header + (3 * Chunk));
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }

    [Fact]
    public async Task Verify_APlainOneWithAnyBitFlipped_FindsIt()
    {
        Assert.Equal("", await VerdictAsync(_plain));
        await Gen.Select(Gen.Int[0, _plain.Length - 1], Gen.Int[0, 7]).SampleAsync(
            async (at, bit) => Assert.NotEqual("", await VerdictAsync(Flipped(_plain, at, bit))), iter: 40, threads: 1);
    }

    [Fact]
    public async Task Verify_ASealedOneWithAFlippedByte_FindsItWhereverItIs()
    {
        Assert.Equal("", await VerdictAsync(_sealed));
        int[] header = [0, 9, 13, 17, 21, 30, 42, 50];
        int[] body = [Header, Header + Chunk + 5, Header + (2 * Chunk) - 1, _sealed.Length - 17, _sealed.Length - 1];
        foreach (var at in header.Concat(body))
        {
            Assert.True(await VerdictAsync(Flipped(_sealed, at, 0)) is { Length: > 0 }, $"byte {at}");
        }
    }

    [Fact]
    public async Task Verify_ASealedOneThatIsCutOffOrLonger_FindsIt()
    {
        foreach (var length in (int[])[0, 20, Header, Header + 10, Header + Chunk, Header + (2 * Chunk), _sealed.Length - 1])
        {
            Assert.True(await VerdictAsync(_sealed[..length]) is { Length: > 0 }, $"{length} bytes");
        }

        Assert.NotEqual("", await VerdictAsync([.. _sealed, 0]));
        Assert.NotEqual("", await VerdictAsync([.. _sealed, .. _sealed[Header..(Header + Chunk)]]));
        Assert.NotEqual("", await VerdictAsync(_plain[..^1]));
    }

    [Fact]
    public async Task Verify_ASealedOneWithChunksInAnotherOrder_FindsIt()
    {
        var swapped = _sealed.ToArray();
        _sealed.AsSpan(Header, Chunk).CopyTo(swapped.AsSpan(Header + Chunk));
        _sealed.AsSpan(Header + Chunk, Chunk).CopyTo(swapped.AsSpan(Header));
        Assert.Contains("chunk 1 of", await VerdictAsync(swapped), StringComparison.Ordinal);

        // One left out, so that a chunk stands where the last is expected.
        Assert.NotEqual("", await VerdictAsync([.. _sealed[..(Header + Chunk)], .. _sealed[(Header + (2 * Chunk))..]]));
    }

    [Fact]
    public async Task Verify_WithAnotherPassphraseOrNone_SaysSo()
    {
        var another = await _database.AnotherAsync(("Backups:Passphrase", "верблюд пьёт кофе"));
        Assert.Contains("passphrase is not the one", await VerdictAsync(_sealed, another), StringComparison.Ordinal);
        Assert.Contains("set Backups:Passphrase", await VerdictAsync(_sealed, _database), StringComparison.Ordinal);
        Assert.Contains("set Backups:Passphrase", await _database.RefusedRestoreAsync(Keep(_sealed)), StringComparison.Ordinal);
    }

    /// <summary>After a change of the passphrase the old archives are as good as before.</summary>
    [Fact]
    public async Task Verify_AnArchiveOfAnotherPassphrase_LeavesItsMark()
    {
        var name = _database.Get<BackupArchives>().List().Single(file => file.IsEncrypted).Name;
        var verdict = await _database.Get<BackupArchives>().VerifyAsync(name, TestContext.Current.CancellationToken);
        Assert.True(verdict is { IsSound: false, IsUnopened: true });

        await using var context = _database.Context();
        Assert.True(context.Backups.Single(run => run.FileName == name).IsVerified);
    }

    /// <summary>The parameters of the key are a stranger's word: they must not take the machine's memory.</summary>
    [Fact]
    public async Task Verify_WithAKeyThatWouldTakeAllMemory_RefusesItUnread()
    {
        var greedy = _sealed.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(greedy.AsSpan(8), int.MaxValue);
        Assert.Contains("damaged at its beginning", await VerdictAsync(greedy), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ADamagedArchiveByName_TakesItsMarkAway()
    {
        var name = _database.Get<BackupArchives>().List().Single(file => !file.IsEncrypted).Name;
        await File.WriteAllBytesAsync(Path.Combine(_database.FolderOf(), name), Flipped(_plain, _plain.Length / 2, 3), TestContext.Current.CancellationToken);

        Assert.False((await _database.Get<BackupArchives>().VerifyAsync(name, TestContext.Current.CancellationToken)).IsSound);

        await using var context = _database.Context();
        Assert.False(context.Backups.Single(run => run.FileName == name).IsVerified);
    }

    private static byte[] Flipped(byte[] archive, int at, int bit)
    {
        var flipped = archive.ToArray();
        flipped[at] ^= (byte)(1 << bit);
        return flipped;
    }

    private Task<string> VerdictAsync(byte[] archive, TestDatabase? with = null) => (with ?? archives.Sealing).VerdictAsync(Keep(archive));

    private string Keep(byte[] archive)
    {
        var path = Path.Combine(_database.Folder, archive.AsSpan().StartsWith("PK"u8) ? "some.zip" : "some.zip.sealed");
        File.WriteAllBytes(path, archive);
        return path;
    }
}
