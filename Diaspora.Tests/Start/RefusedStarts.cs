using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Diaspora.Data;
using Diaspora.Data.Operations;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Start;

/// <summary>The folder of a portal that has lived, for one start.</summary>
internal sealed record LivedFolder(string Root, byte[] Older)
{
    public string Database => Path.Combine(Root, "diaspora.db");

    public string Keys => Path.Combine(Root, "keys");

    public string Receipts => Path.Combine(Root, "receipts");

    public string Marker => Path.Combine(Keys, "portal.json");
}

/// <summary>What a process said and did.</summary>
/// <param name="Sentences">How many it had to say.</param>
internal sealed record Told(int Sentences, int ExitCode, string[] Errors, string Output, string Before, string After);

/// <summary>Starts the published portal again and again, two at a time: each ends within a second of processor time, and there are many.</summary>
public sealed class RefusedStarts(PublishedCopy copy) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Rights do not stop the account of the system, unless it lets go of that.</summary>
    private static readonly string[] Powerless = ["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search", "dotnet"];

    private readonly string _root = Directory.CreateTempSubdirectory("diaspora-test-").FullName;
    private readonly SemaphoreSlim _turn = new(2, 2);
    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);
    private readonly List<KeptFile> _files = [];
    private byte[] _older = [];
    private IReadOnlyDictionary<string, Task<Told>>? _all;

    public static bool MayLetGo => !OperatingSystem.IsWindows() && (Environment.UserName != "root" || File.Exists("/usr/bin/setpriv"));

    public async ValueTask InitializeAsync()
    {
        _silent.Start();
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        await database.AddAdminAsync();
        var member = await database.AddAsync("Алиев Рашад");
        await database.StartAsync(member, "2026-03");
        _older = await CopyAsync(database, "older.db");
        await database.StartAsync(member, "2026-04");
        await database.Get<DatabaseGuard>().RememberAsync(isSure: true);
        var folders = database.Get<StorageFolders>();
        await File.WriteAllBytesAsync(Path.Combine(folders.Receipts, "a-receipt"), PaymentSetup.Pdf);
        var content = await CopyAsync(database, "now.db");
        _files.AddRange(Directory.EnumerateFiles(folders.Keys).Concat(Directory.EnumerateFiles(folders.Receipts)).Select(file => KeptFile.Read(folders.Root, file)));
        _files.Add(new KeptFile("diaspora.db", content, UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    public ValueTask DisposeAsync()
    {
        _silent.Dispose();
        _turn.Dispose();
        foreach (var closed in Directory.EnumerateDirectories(_root))
        {
            Open(closed);
        }

        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>All begin with the first that is asked for.</summary>
    internal async Task<Told> OfAsync(string name)
    {
        _all ??= (
            from company in RefusedStart.Together
            where MayLetGo || !company[0].IsAboutRights
            let told = RefusedAsync(company[0] with { Sentences = [.. company.SelectMany(start => start.Sentences)], Settings = [.. company.SelectMany(start => start.Settings)] })
            from start in company
            select (start.Name, told)).ToDictionary();
        return await _all[name];
    }

    /// <summary>A folder as a portal with data leaves it.</summary>
    internal async Task<LivedFolder> LivedAsync()
    {
        var folder = new LivedFolder(Path.Combine(_root, Guid.NewGuid().ToString("N")), _older);
        foreach (var file in _files)
        {
            await file.WriteAsync(folder.Root);
        }

        return folder;
    }

    internal async Task<Process> StartAsync(string folder, RefusedStart start, params string[] arguments)
    {
        var published = await copy.FolderAsync();
        string[] all =
        [
            Path.Combine(published, "Diaspora.Web.dll"), $"--contentRoot={published}", "--urls=http://127.0.0.1:0", $"--Storage:Directory={folder}",
            .. start.Settings.Where(setting => setting.Length > 0).Select(setting => $"--{setting.Replace("{silent}", $"{((IPEndPoint)_silent.LocalEndpoint).Port}", StringComparison.Ordinal)}"), .. arguments,
        ];
        var (program, before) = start.IsAboutRights && Environment.UserName == "root" ? ("setpriv", Powerless) : ("dotnet", []);
        var begin = new ProcessStartInfo(program, [.. before, .. all]) { RedirectStandardOutput = true, RedirectStandardError = true };
        begin.Environment["ASPNETCORE_ENVIRONMENT"] = start.Environment;
        begin.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(begin)!;
    }

    private async Task<Told> RefusedAsync(RefusedStart start)
    {
        await _turn.WaitAsync();
        try
        {
            var folder = start.Damage is null ? new LivedFolder(Path.Combine(_root, Guid.NewGuid().ToString("N")), _older) : await LivedAsync();
            await (start.Damage?.Invoke(folder) ?? Task.CompletedTask);
            var before = Seen(folder.Root);
            using var process = await StartAsync(folder.Root, start);
            using var patience = new CancellationTokenSource(Patience);
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            finally
            {
                process.Kill(entireProcessTree: true);
            }

            return new Told(start.Sentences.Length, process.ExitCode, (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries), await output, before, Seen(folder.Root));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Every file and folder with its content, as far as may be looked at.</summary>
    private static string Seen(string root) => !Directory.Exists(root)
        ? $"{File.Exists(root)}"
        : string.Join('\n', new DirectoryInfo(root).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 })
            .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
            .Select(entry => $"{Path.GetRelativePath(root, entry.FullName)} {(entry is FileInfo file ? HashOf(file) : "folder")}"));

    private static string HashOf(FileInfo file)
    {
        try
        {
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.FullName)));
        }
        catch (UnauthorizedAccessException)
        {
            return "closed";
        }
    }

    private async Task<byte[]> CopyAsync(TestDatabase database, string name)
    {
        var path = Path.Combine(_root, name);
        await using (var context = database.Context())
        {
            await context.Database.ExecuteSqlAsync($"VACUUM INTO {path}");
        }

        return await File.ReadAllBytesAsync(path);
    }

    private static void Open(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var inner in Directory.EnumerateDirectories(folder))
            {
                Open(inner);
            }
        }
    }
}
