using System.Diagnostics;
using System.Reflection;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Shell;

[assembly: AssemblyFixture(typeof(PublishedCopy))]

namespace Diaspora.Tests.Hosting;

/// <summary>The portal's files as they go onto a server, published once a run by the first test that asks for them.</summary>
public sealed class PublishedCopy : IDisposable
{
    /// <summary>Beside the tests, so that files are linked and not copied.</summary>
    private readonly string _folder = Path.Combine(AppContext.BaseDirectory, "published");

    private readonly Lazy<Task<string>> _published;

    public PublishedCopy() => _published = new Lazy<Task<string>>(PublishAsync);

    public Task<string> FolderAsync() => _published.Value;

    public static Process Start(params string[] arguments) => Start(isUnprivileged: false, arguments);

    public static Process Start(bool isUnprivileged, params string[] arguments)
    {
        var start = isUnprivileged ? Unprivileged.Start("dotnet", arguments) : new ProcessStartInfo("dotnet", arguments);
        start.RedirectStandardOutput = true;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        return Process.Start(start)!;
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<string> PublishAsync()
    {
        var built = typeof(PublishedCopy).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

        // By one process, which leaves none behind and waits for none of another build.
        using var publish = Start("publish", Path.Combine(Sources.Root, "Diaspora.Web"), "-maxcpucount:1", "-nodeReuse:false", "--no-build", "--configuration", built, "--output", _folder, "-p:CreateHardLinksForPublishFilesIfPossible=true", "--nologo");
        var said = await publish.StandardOutput.ReadToEndAsync().WaitAsync(FactAttribute.SharedPatience);
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, said);
        return _folder;
    }
}
