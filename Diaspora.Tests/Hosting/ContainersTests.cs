using System.Diagnostics;
using System.Text.RegularExpressions;
using Diaspora.Data.Operations;
using Diaspora.Tests.Shell;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Tests.Hosting;

/// <summary>compose.yaml, Caddyfile and .env.example say the same, and what the portal knows.</summary>
public sealed partial class ContainersTests(PortalHost portal)
{
    private const string Section = "__";

    private static readonly string Compose = Text("compose.yaml");
    private static readonly string Caddyfile = Text("Caddyfile");
    private static readonly string[] Example = Text(".env.example").Split('\n');

    /// <summary>Every setting of the example, in use or offered behind a #.</summary>
    private static readonly List<(string Key, string Value)> Offered = [.. Example.Select(line => Setting().Match(line)).Where(match => match.Success).Select(match => (match.Groups["key"].Value, match.Groups["value"].Value.Trim('\'')))];

    [Fact]
    public void Example_EveryKey_IsReadByThePortal()
    {
        var given = Offered.Where(setting => setting.Key.Contains(Section, StringComparison.Ordinal)).ToDictionary(setting => setting.Key.Replace(Section, ":", StringComparison.Ordinal), setting => (string?)(setting.Value.Length > 0 ? setting.Value : "x"));
        Assert.NotEmpty(given);
        var keys = portal.Services.GetRequiredService<StartReasons>().Keys;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(given).Build();

        Assert.Empty(keys.Faults(configuration));
        Assert.Equal(given.Keys.Order(StringComparer.Ordinal), keys.Given(configuration).Select(pair => pair.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Example_EveryVariableOfCompose_IsOfferedAndNoOther()
    {
        var used = Variable().Matches(Compose).Select(match => match.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(used);
        Assert.Equal(used, Offered.Select(setting => setting.Key).Where(key => !key.Contains(Section, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Example_EverySetting_IsExplainedAboveIt()
    {
        // A blank line or a heading ends what an explanation speaks of.
        var isExplained = false;
        List<string> bare = [];
        foreach (var line in Example)
        {
            var isSetting = Setting().IsMatch(line);
            isExplained = line.StartsWith("# ", StringComparison.Ordinal) && !line.StartsWith("# ----", StringComparison.Ordinal) || isSetting && isExplained;
            if (isSetting && !isExplained)
            {
                bare.Add(line);
            }
        }

        Assert.Empty(bare);
    }

    [Fact]
    public void Caddyfile_EveryVariable_IsHandedOverByCompose()
    {
        var used = CaddyVariable().Matches(Caddyfile).Select(match => match.Groups["name"].Value).ToList();
        Assert.NotEmpty(used);
        Assert.All(used, name => Assert.Contains($"      {name}: ", Compose, StringComparison.Ordinal));
    }

    /// <summary>Whom the portal believes is Caddy, and no address that another container could be given.</summary>
    [Fact]
    public void Compose_CaddysAddress_IsTheOneThePortalBelieves()
    {
        var address = Regex.Match(Compose, @"ipv4_address: (\S+)").Groups[1].Value;
        Assert.Contains($"Proxy__Addresses__0: {address}\n", Compose, StringComparison.Ordinal);
        var given = System.Net.IPNetwork.Parse(Regex.Match(Compose, @"ip_range: (\S+)").Groups[1].Value);
        var whole = System.Net.IPNetwork.Parse(Regex.Match(Compose, @"subnet: (\S+)").Groups[1].Value);
        Assert.True(whole.Contains(System.Net.IPAddress.Parse(address)));
        Assert.False(given.Contains(System.Net.IPAddress.Parse(address)));
    }

    /// <summary>
    /// The compiler of ready-to-run images is fetched by a restore that reads the projects for the system they are published for; <c>--runtime</c> does not. The locked lists come with the projects.
    /// </summary>
    [Fact]
    public void Dockerfile_Restore_FetchesWhatPublishNeeds()
    {
        var dockerfile = Text("Diaspora.Web/Dockerfile");
        Assert.Contains("dotnet restore Diaspora.Web/Diaspora.Web.csproj -p:RuntimeIdentifier=$RUNTIME", dockerfile, StringComparison.Ordinal);
        var copied = Regex.Matches(dockerfile, @"COPY (?<project>\S+)/\S+\.csproj \k<project>/packages\.lock\.json \k<project>/\n").Select(match => match.Groups["project"].Value);
        Assert.Equal(["Diaspora.Domain", "Diaspora.Data", "Diaspora.Web"], copied);
        Assert.Contains("<RuntimeIdentifiers>linux-x64;linux-arm64</RuntimeIdentifiers>", Text("Directory.Build.props"), StringComparison.Ordinal);
    }

    /// <summary>The old program names the services of all profiles, whichever is asked for.</summary>
    [Theory]
    [InlineData("docker-compose", "", "caddy portal portal2 redis sql")]
    [InlineData("docker-compose", "scale", "caddy portal portal2 redis sql")]
    [InlineData("docker compose", "", "caddy portal")]
    [InlineData("docker compose", "scale", "caddy portal portal2 redis sql")]
    public async Task Compose_EachProfile_IsAccepted(string program, string profile, string services)
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-test-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "compose.yaml"), Compose, TestContext.Current.CancellationToken);
            await File.WriteAllLinesAsync(Path.Combine(folder.FullName, ".env"), Example.Append($"COMPOSE_PROFILES={profile}"), TestContext.Current.CancellationToken);
            var words = program.Split(' ');
            var (code, said) = await RunAsync(folder.FullName, words[0], [.. words[1..], "version"]);
            Assert.SkipWhen(code != 0, $"There is no {program}.");

            (code, said) = await RunAsync(folder.FullName, words[0], [.. words[1..], "-f", "compose.yaml", "config", "--services"]);
            Assert.True(code == 0, said);
            Assert.Equal(services, string.Join(' ', said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("http://localhost", "single")]
    [InlineData("https://portal.example.kz", "scale")]
    public async Task Caddyfile_EachProfile_IsAccepted(string address, string profile)
    {
        var (code, said) = await RunAsync(Sources.Root, "caddy", ["version"]);
        Assert.SkipWhen(code != 0, "There is no caddy.");
        (code, said) = await RunAsync(Sources.Root, "caddy", ["adapt", "--config", "Caddyfile", "--adapter", "caddyfile"], ("SITE_ADDRESS", address), ("PORTALS", profile));
        Assert.True(code == 0, said);
        Assert.Contains(new Uri(address).Host, said, StringComparison.Ordinal);
        Assert.Equal(profile == "scale", said.Contains("portal2:8080", StringComparison.Ordinal));
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(Sources.Root, file)).ReplaceLineEndings("\n");

    private static async Task<(int Code, string Said)> RunAsync(string folder, string program, IEnumerable<string> arguments, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            var (output, faults) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, process.ExitCode == 0 ? await output : await output + await faults);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "");
        }
    }

    [GeneratedRegex(@"^#?(?<key>[A-Z]\w*)=(?<value>.*)$")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\$\{(?<name>\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{\$(?<name>\w+)")]
    private static partial Regex CaddyVariable();
}
