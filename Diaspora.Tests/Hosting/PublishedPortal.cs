using System.Diagnostics;
using System.Text.RegularExpressions;
using Diaspora.Data.Demo;

namespace Diaspora.Tests.Hosting;

/// <summary>Who asks the published portal. It is published and started once for all of them.</summary>
[CollectionDefinition]
public sealed class OfPublishedPortal : ICollectionFixture<PublishedPortal>;

/// <summary>
/// The portal as it goes onto a server: published, in a process of its own, on an empty folder, with the first admin from the settings. Where the tests may choose, it runs as in
/// the container: as a user without any right, who can write into its storage and not into its program.
/// </summary>
public sealed partial class PublishedPortal(PublishedCopy copy) : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("diaspora-test-").FullName;
    private Process? _process;

    public static DemoAccount Admin { get; } = new("the first admin", "+7 701 555 01 01", "верблюд пьёт чай");

    public Uri Address { get; private set; } = default!;

    public string Folder { get; private set; } = "";

    public string Data => _data;

    public int ProcessId => _process!.Id;

    /// <summary>Why it runs with all the rights of the tests; nothing, where it does not.</summary>
    public string? WithRightsBecause { get; private set; }

    public async ValueTask InitializeAsync()
    {
        try
        {
            await StartAsync().WaitAsync(FactAttribute.SharedPatience);
        }
        catch
        {
            // What outlives this process keeps its output open, and whoever reads that waits for it.
            await EndAsync();
            throw;
        }
    }

    private async Task StartAsync()
    {
        Folder = await copy.FolderAsync();
        WithRightsBecause = await Unprivileged.ReasonAgainstAsync(Path.Combine(Folder, "Diaspora.Web.dll"));
        if (WithRightsBecause is null)
        {
            await Unprivileged.GiveAsync(_data);
        }

        _process = PublishedCopy.Start(
            WithRightsBecause is null, Path.Combine(Folder, "Diaspora.Web.dll"), "--urls=http://127.0.0.1:0", $"--Storage:Directory={_data}", $"--contentRoot={Folder}",
            $"--Admin:Phone={Admin.Phone}", $"--Admin:Password={Admin.Password}", "--Admin:FullName=Алиева Нигяр", "--Passwords:MemoryKiB=8192", "--Passwords:Iterations=1");
        List<string> lines = [];
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                Address = new Uri(match.Value);
                // What it says from now on is not looked at; unread it would stop at a full pipe.
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return;
            }
        }

        Assert.Fail(string.Join('\n', lines));
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task EndAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
