using Diaspora.Data;
using Diaspora.Tests.Storage;
using Diaspora.Web.Backups;
using Xunit;

namespace Diaspora.Tests.Backups;

/// <summary>Backups from a console: what it says, and the code it ends with.</summary>
public sealed class BackupCommandTests
{
    [Fact]
    public async Task Ask_FromAConsole_MakesListsVerifiesAndRestores()
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        await database.AddAsync("Алиев Рашад");
        await using var machine = database.EmptyMachine();
        string[] here = [$"--Storage:Directory={database.Folder}", $"--Backups:Passphrase={BackupSetup.Passphrase}", "--Passwords:MemoryKiB=8192", "--Passwords:Iterations=1"];
        string[] there = [$"--Storage:Directory={machine.Folder}", $"--Backups:Passphrase={BackupSetup.Passphrase}"];

        Assert.StartsWith("0 Made and verified", await SayAsync(["backup", "create", .. here]), StringComparison.Ordinal);
        var archive = Assert.Single(Directory.GetFiles(database.FolderOf(), "*.sealed"));
        Assert.StartsWith($"0 {Path.GetFileName(archive)}", await SayAsync(["--", "backup", "list", .. here]), StringComparison.Ordinal);
        Assert.Contains("is sound", await SayAsync(["backup", "verify", .. here]), StringComparison.Ordinal);
        Assert.Contains("is sound", await SayAsync(["backup", "verify", archive, .. there]), StringComparison.Ordinal);
        Assert.StartsWith("0 Restored what there was on", await SayAsync(["backup", "restore", archive, .. there]), StringComparison.Ordinal);
        Assert.StartsWith("1 The archive is encrypted", await SayAsync(["backup", "restore", archive, there[0]]), StringComparison.Ordinal);
        Assert.Equal(BackupSetup.Rows(Path.Combine(database.Folder, "diaspora.db")), BackupSetup.Rows(Path.Combine(machine.Folder, "diaspora.db")));
    }

    [Theory]
    [InlineData("0 backup create", "backup", "--help")]
    [InlineData("0 backup create", "backup", "restore", "--help")]
    [InlineData("1 backup create", "backup")]
    [InlineData("1 backup create", "backup", "destroy")]
    [InlineData("1 backup create", "backup", "restore")]
    [InlineData("1 There is no database at", "backup", "create")]
    [InlineData("1 There is no archive at", "backup", "restore", "diaspora-20200101-000000.zip")]
    [InlineData("1 There is no backup under such a name", "backup", "verify", "diaspora-20200101-000000.zip")]
    [InlineData("1 There is no backup to verify", "backup", "verify")]
    [InlineData("0 There is no backup in", "backup", "list")]
    [InlineData("1 Backups:Passphrase must have at least 12", "backup", "create", "--Backups:Passphrase=short")]
    [InlineData("1 Database:Provider = 'Oracle'", "backup", "create", "--Database:Provider=Oracle")]
    public async Task Ask_WithoutWhatItNeeds_SaysSoInASentence(string said, params string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-test-").FullName;
        try
        {
            Assert.StartsWith(said, await SayAsync([.. args, $"--Storage:Directory={folder}"]), StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(folder, "diaspora.db")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Start_WithOtherWords_IsThePortal()
    {
        Assert.False(BackupCommand.IsAsked([]));
        Assert.False(BackupCommand.IsAsked(["--urls=http://127.0.0.1:0", "backup"]));
    }

    /// <summary>The exit code, and what was said.</summary>
    private static async Task<string> SayAsync(string[] args)
    {
        Assert.True(BackupCommand.IsAsked(args));
        using var said = new StringWriter();
        var code = await new BackupCommand(said, said, DataFeature.AddData).RunAsync(args);
        return $"{code} {said}";
    }
}
