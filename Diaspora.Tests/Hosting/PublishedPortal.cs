using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Diaspora.Data.Demo;
using Diaspora.Tests.Shell;

namespace Diaspora.Tests.Hosting;

/// <summary>The portal as it goes onto a server: published, in a process of its own, on an empty folder, with the first admin from the settings.</summary>
public sealed partial class PublishedPortal : IAsyncLifetime
{
    /// <summary>Beside the tests, so that files are linked and not copied.</summary>
    private readonly string _folder = Path.Combine(AppContext.BaseDirectory, "published");

    private readonly string _data = Directory.CreateTempSubdirectory("diaspora-test-").FullName;
    private Process? _process;

    public static DemoAccount Admin { get; } = new("the first admin", "+7 701 555 01 01", "верблюд пьёт чай");

    public Uri Address { get; private set; } = default!;

    public string Folder => _folder;

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
        var built = typeof(PublishedPortal).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

        // By one process, which leaves none behind and waits for none of another build.
        _process = Start("publish", Path.Combine(Sources.Root, "Diaspora.Web"), "-maxcpucount:1", "-nodeReuse:false", "--no-build", "--configuration", built, "--output", _folder, "-p:CreateHardLinksForPublishFilesIfPossible=true", "--nologo");
        var said = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        Assert.True(_process.ExitCode == 0, said);
        _process.Dispose();

        _process = Start(
            Path.Combine(_folder, "Diaspora.Web.dll"), "--urls=http://127.0.0.1:0", $"--Storage:Directory={_data}", $"--contentRoot={_folder}",
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
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
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

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
