using Diaspora.Data;
using Diaspora.Data.Backups;
using Diaspora.Data.Demo;
using Diaspora.Tests.Backups;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Time.Testing;

namespace Diaspora.Tests.Faults;

/// <summary>What happens once and takes a while is killed in the middle: the next start comes through, and what is there is the old or the new, whole.</summary>
public sealed class KilledOperationTests(PublishedCopy copy) : IDisposable
{
    private const string Old = "RegistrationRequests";
    private TaskCompletionSource _made = new();
    private readonly string _template = Directory.CreateTempSubdirectory("diaspora-test-").FullName;

    public void Dispose() => Directory.Delete(_template, recursive: true);

    [Fact]
    public async Task Kill_DuringMigration_TheNextStartHasEverythingOfTheOldDatabase()
    {
        await PortalHost.LayAsync(_template);
        await OverAsync(_template, async database =>
        {
            await using var context = database.Context();
            await context.GetService<IMigrator>().MigrateAsync(Old);
        });
        var before = Kept(_template);
        await new KilledOperation(
            "migration", folder => CopyAsync(_template, folder), PortalAsync, folder => File.Exists(Path.Combine(folder, "migrating.lock")), portal => portal.ListensAsync(),
            async (folder, losses) =>
            {
                await StartsAsync(folder);
                Compare(before, Kept(folder), losses);
                await OverAsync(folder, async database =>
                {
                    await using var context = database.Context();
                    Assert.Empty(await context.Database.GetPendingMigrationsAsync());
                });
                return RowsOf(before);
            }).RunAsync(LongForm.Of(few: 1, many: 20));
    }

    [Fact]
    public async Task Kill_DuringTheSeed_TheNextStartHasAllOfTheDemo()
    {
        await PortalHost.LayAsync(_template);
        var whole = Counts(_template);
        await new KilledOperation(
            "the seed", _ => Task.CompletedTask, PortalAsync, folder => File.Exists(Path.Combine(folder, "diaspora.db")), portal => portal.ListensAsync(),
            async (folder, losses) =>
            {
                await StartsAsync(folder);
                Compare([whole], [Counts(folder)], losses);
                var names = KilledOperation.Rows(folder, "Receipts", "StoredName").Split('\n');
                losses.AddRange(names.Where(name => !File.Exists(Path.Combine(folder, "receipts", name[..2], name))));
                return names.Length + DemoData.Members;
            }).RunAsync(LongForm.Of(few: 1, many: 20));
    }

    [Fact]
    public async Task Kill_DuringABackup_LeavesOnlySoundArchivesAndTheNextOneIsMade()
    {
        await LayHeavyAsync(_template);
        await new KilledOperation(
            "backup create", folder => CopyAsync(_template, folder), folder => CommandAsync(folder, "backup", "create"), IsWriting, ComesThroughAsync,
            async (folder, losses) =>
            {
                await ComesThroughAsync(folder, "backup", "create");
                return await SoundAsync(folder, losses);
            }).RunAsync(LongForm.Of(few: 1, many: 20));
    }

    /// <summary>The portal that died over it had the turn: it is not waited for.</summary>
    [Fact]
    public async Task Kill_DuringTheDailyBackup_TheNextPortalMakesIt()
    {
        await LayHeavyAsync(_template);
        await OverAsync(_template, async database =>
        {
            await using var context = database.Context();
            await context.Database.ExecuteSqlAsync($"UPDATE DatabaseMarks SET CreatedAt = {DateTime.UtcNow.AddDays(-2)}");
        });
        await new KilledOperation(
            "the daily backup", folder => CopyAsync(_template, folder), SayingAsync, IsWriting, _ => _made.Task,
            async (folder, losses) =>
            {
                // One that was made to its end just before the kill is due again.
                await OverAsync(folder, ForgetLastRunAsync);
                _made = new TaskCompletionSource();
                await using (await SayingAsync(folder))
                {
                    await _made.Task;
                }

                return await SoundAsync(folder, losses);
            }).RunAsync(LongForm.Of(few: 1, many: 20));
    }

    [Fact]
    public async Task Kill_DuringARestore_TheNextStartHasTheOldOrTheNewState()
    {
        await PortalHost.LayAsync(_template);
        await using var archived = new TestDatabase();
        await archived.InitializeAsync();
        await archived.AddAsync("Алиев Рашад");
        Enumerable.Range(0, 5).ToList().ForEach(number => archived.AddReceipt(3_000_000 + number));
        var archive = archived.PathOf(await archived.BackUpAsync());
        var folders = archived.Get<StorageFolders>();
        var states = new[] { (Kept(_template), BackupSetup.Files(Path.Combine(_template, "receipts"))), (Kept(folders.Root), BackupSetup.Files(folders.Receipts)) };
        var restored = 0;
        await new KilledOperation(
            "backup restore", folder => CopyAsync(_template, folder), folder => CommandAsync(folder, "backup", "restore", archive), folder => Directory.Exists(Path.Combine(folder, "restoring")), ComesThroughAsync,
            async (folder, losses) =>
            {
                await StartsAsync(folder);
                var (rows, files) = (Kept(folder), BackupSetup.Files(Path.Combine(folder, "receipts")));
                var state = Array.FindIndex(states, known => known.Item1.SequenceEqual(rows) && known.Item2.SequenceEqual(files));
                if (state < 0)
                {
                    losses.Add("What is there is neither the old nor the new state");
                }

                restored += state;
                await ComesThroughAsync(folder, "backup", "restore", archive);
                Compare(states[1].Item1, Kept(folder), losses);
                return RowsOf(rows) + files.Count;
            }).RunAsync(LongForm.Of(few: 1, many: 20));
        Console.WriteLine($"{restored} of the killed restores had come so far that the next start ended them");
    }

    private static async Task ForgetLastRunAsync(TestDatabase database)
    {
        await using var context = database.Context();
        await context.TaskRuns.ExecuteUpdateAsync(set => set.SetProperty(run => run.LastRunAt, (DateTime?)null));
    }

    private static bool IsWriting(string folder) => Directory.Exists(Path.Combine(folder, "backups")) && Directory.EnumerateFiles(Path.Combine(folder, "backups"), "*.part*").Any();

    /// <summary>What people brought; what the portal keeps for itself changes with each start.</summary>
    private static string[] Kept(string folder) =>
    [
        KilledOperation.Rows(folder, "Members", "Id, Number, FullName, Phone, Role, JoinedOn, Email, City"),
        KilledOperation.Rows(folder, "PaymentIntents", "Id, Code, PayerId, CreatedAt, ClaimedAt"),
        KilledOperation.Rows(folder, "Payments", "Id, IntentId, MemberId, Period, Amount, Status, DecidedAt"),
        KilledOperation.Rows(folder, "Receipts", "Id, StoredName, Sha256"),
    ];

    private static int RowsOf(string[] tables) => tables.Sum(table => table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

    private static string Counts(string folder) =>
        string.Join(' ', ((string[])["Members", "PaymentIntents", "Payments", "Receipts", "Accounts", "RegistrationRequests", "MemberDues"]).Select(table => $"{table} {KilledOperation.Rows(folder, table, "COUNT(*)")}"));

    private static void Compare(string[] wanted, string[] found, List<string> losses) =>
        losses.AddRange(wanted.Zip(found).Where(pair => pair.First != pair.Second).Select(pair => $"{pair.First[..Math.Min(200, pair.First.Length)]} became {pair.Second[..Math.Min(200, pair.Second.Length)]}"));

    private static async Task CopyAsync(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            await KeptFile.Read(from, file).WriteAsync(to);
        }
    }

    /// <summary>With enough in it that a backup takes a while.</summary>
    private static async Task LayHeavyAsync(string folder)
    {
        await PortalHost.LayAsync(folder);
        await OverAsync(folder, database =>
        {
            Enumerable.Range(0, 5).ToList().ForEach(number => database.AddReceipt(3_000_000 + number));
            return Task.CompletedTask;
        });
    }

    /// <summary>The services over a folder, which stays.</summary>
    private static async Task OverAsync(string folder, Func<TestDatabase, Task> act)
    {
        await using var owner = TestDatabase.OnFolder(Directory.CreateTempSubdirectory("diaspora-test-").FullName, new FakeTimeProvider(DateTimeOffset.UtcNow), ("Storage:Directory", folder));
        await act(owner);
    }

    private async Task<PortalProcess> PortalAsync(string folder) => new(await copy.FolderAsync(), folder, "--Backups:Enabled=false", "--Serilog:MinimumLevel:Default=Warning");

    private async Task<PortalProcess> CommandAsync(string folder, params string[] words) => new(await copy.FolderAsync(), folder, words);

    /// <summary>A portal that makes its daily backup at once.</summary>
    private async Task<PortalProcess> SayingAsync(string folder)
    {
        var made = _made;
        var notes = new Notes();
        var portal = new PortalProcess(await copy.FolderAsync(), folder, ["--Serilog:MinimumLevel:Default=Warning"], InsideWork.Environment)
        {
            Heard = line =>
            {
                notes.Hear(line);
                if (notes.Faults.Count > 0)
                {
                    made.TrySetException(new InvalidOperationException(line));
                }
                else if (notes.Heard.Any(note => note.IsDone))
                {
                    made.TrySetResult();
                }
            },
        };
        await portal.ListensAsync();
        await portal.SayAsync(InsideWork.Backup);
        return portal;
    }

    private async Task StartsAsync(string folder)
    {
        await using var portal = await PortalAsync(folder);
        await portal.ListensAsync();
    }

    private static async Task ComesThroughAsync(PortalProcess command) => Assert.Equal((0, ""), await command.EndsAsync());

    private async Task ComesThroughAsync(string folder, params string[] words)
    {
        await using var command = await CommandAsync(folder, words);
        await ComesThroughAsync(command);
    }

    /// <summary>Each archive there is under a name can be trusted, and nothing else lies there.</summary>
    private static async Task<int> SoundAsync(string folder, List<string> losses)
    {
        var archives = 0;
        await OverAsync(folder, async database =>
        {
            Assert.False(IsWriting(folder), "What the killed one had written half is still there.");
            foreach (var archive in database.Get<BackupArchives>().List())
            {
                archives++;
                if (await database.VerdictAsync(Path.Combine(database.FolderOf(), archive.Name)) is { Length: > 0 } fault)
                {
                    losses.Add(fault);
                }
            }
        });
        return archives;
    }
}
