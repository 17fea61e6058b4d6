using Diaspora.Tests.Payments;

namespace Diaspora.Tests.Storage;

/// <summary>What the portal keeps is for the account it runs under, and for no other on the same machine.</summary>
public sealed class PrivateFilesTests
{
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode File_ = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task Keep_AnyFile_IsReadByTheOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        await KeepAsync(database);

        Assert.Equal("", string.Join('\n', OpenToOthers(database.Folder)));
    }

    /// <summary>A folder of an older version, or one that was unpacked from a backup.</summary>
    [Fact]
    public async Task Start_OverFilesThatAreOpenToAll_ClosesThem()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        await KeepAsync(database);
        foreach (var entry in new DirectoryInfo(database.Folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            if (OperatingSystem.IsWindows())
            {
                break;
            }

            entry.UnixFileMode |= UnixFileMode.GroupRead | UnixFileMode.OtherRead | (entry is DirectoryInfo ? UnixFileMode.OtherExecute : 0);
        }

        await database.AnotherAsync();

        Assert.Equal("", string.Join('\n', OpenToOthers(database.Folder)));
    }

    /// <summary>A disk has a folder of its own at its root, and somebody may keep a program there.</summary>
    [Fact]
    public async Task Start_BesideWhatIsNotThePortals_LeavesItAsItIs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        var (folder, program) = (Directory.CreateDirectory(Path.Combine(database.Folder, "lost+found")), new FileInfo(Path.Combine(database.Folder, "restore.sh")));
        await File.WriteAllTextAsync(program.FullName, "#!/bin/sh", TestContext.Current.CancellationToken);
        const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows())
        {
            (folder.UnixFileMode, program.UnixFileMode) = (Open, Open);
        }

        await database.AnotherAsync();

        folder.Refresh();
        program.Refresh();
        Assert.Equal((Open, Open), (folder.UnixFileMode, program.UnixFileMode));
    }

    private static async Task KeepAsync(TestDatabase database)
    {
        var member = await database.AddAsync("Алиев Рашад");
        var intent = await database.StartAsync(member, "2026-03");
        await database.AttachAsync(member, intent, PaymentSetup.Pdf);
        await database.AttachAsync(member, intent, TestPictures.ClearPng(300, 300));
        database.Get<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>();
        database.Get<Microsoft.AspNetCore.DataProtection.KeyManagement.IKeyManager>().CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
    }

    private static IEnumerable<string> OpenToOthers(string root) =>
        from entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Prepend(new DirectoryInfo(root))
        let allowed = entry is DirectoryInfo ? Folder : File_
        where (entry.UnixFileMode & ~allowed) != 0
        select $"{Path.GetRelativePath(root, entry.FullName)}: {entry.UnixFileMode}";
}
