using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Diaspora.Data;
using Diaspora.Data.Operations;
using Diaspora.Web.Shell.Operations;

namespace Diaspora.Tests.Start;

/// <summary>What keeps the published portal from starting: told in a sentence each, all at once, without a stack, and before anything is written.</summary>
public sealed partial class RefusedStartTests(RefusedStarts starts) : IClassFixture<RefusedStarts>
{
    public static TheoryData<string> Names => [.. RefusedStart.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Start_With_IsRefusedInSentencesAndWritesNothing(string what)
    {
        var start = RefusedStart.All[what];
        Assert.SkipWhen(start.IsAboutRights && !RefusedStarts.MayLetGo, "Rights do not stop this account, and there is no setpriv to let go of that.");
        var told = await starts.OfAsync(what);

        Assert.True(told.ExitCode == 1, $"It ended with {told.ExitCode}: {string.Join('\n', told.Errors)}\n{told.Output}");
        Assert.True(told.Errors.Length == told.Sentences, string.Join('\n', told.Errors));
        Assert.All(told.Errors, line => Assert.StartsWith("The portal does not start. ", line, StringComparison.Ordinal));
        Assert.All(start.Sentences, sentence => Assert.Contains(told.Errors, line => Regex.IsMatch(line, Regex.Escape(sentence).Replace(@"\*", ".*", StringComparison.Ordinal))));
        Assert.DoesNotMatch(Stack(), string.Join('\n', told.Errors) + told.Output);
        Assert.Equal(told.Before, told.After);
    }

    [Fact]
    public void Table_OfRefusals_HasFortyAndMore() => Assert.True(RefusedStart.All.Count >= 40, $"{RefusedStart.All.Count}");

    /// <summary>The way on for whoever knows that it is right: once, and from then on the folder belongs to what was found.</summary>
    [Fact]
    public async Task Start_OverAnEmptiedDatabaseThatIsAccepted_GoesOnWithIt()
    {
        var folder = await starts.LivedAsync();
        File.Delete(folder.Database);
        var marker = new DatabaseMarker(new StorageFolders(folder.Root));
        var before = marker.Read()!;
        await ListenAsync(folder, DatabaseGuard.Accept);

        var after = marker.Read()!;
        Assert.NotEqual(before.DatabaseId, after.DatabaseId);
        Assert.Equal((0, 0), (after.Members, after.Payments));
        Assert.True(File.Exists(Path.Combine(folder.Receipts, "a-receipt")), "A receipt went with the database.");
    }

    [Fact]
    public async Task Start_WhereAnotherListens_IsRefusedWithASentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var folder = await starts.LivedAsync();
        using var process = await starts.StartAsync(folder.Root, new RefusedStart("", [], $"urls=http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}"));
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith("The portal does not start. ASPNETCORE_URLS: ", said, StringComparison.Ordinal);
        Assert.DoesNotMatch(Stack(), said);
    }

    [Fact]
    public async Task End_WithAFaultOfOurOwn_ShowsItsStack() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Ending.OfAsync(() => throw new InvalidOperationException("A fault of our own.")));

    /// <summary>A section that nobody names here is not looked at: whoever adds one adds it with its class.</summary>
    [Fact]
    public void Example_OfSettings_HoldsNoSecretThatIsTaken()
    {
        var secrets = File.ReadLines(Path.Combine(Shell.Sources.Root, ".env.example")).Select(line => line.TrimStart('#').Split('=', 2))
            .Where(pair => pair.Length == 2 && Secret().IsMatch(pair[0]) && pair[1].Trim().Length > 0);
        Assert.All(secrets, pair => Assert.Contains("change-me", pair[1], StringComparison.OrdinalIgnoreCase));
    }

    private async Task ListenAsync(LivedFolder folder, params string[] arguments)
    {
        using var process = await starts.StartAsync(folder.Root, new RefusedStart("", []), arguments);
        try
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.Contains("Now listening", StringComparison.Ordinal))
                {
                    return;
                }
            }

            Assert.Fail(await process.StandardError.ReadToEndAsync());
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    [GeneratedRegex(@"^\s+at \S", RegexOptions.Multiline)]
    private static partial Regex Stack();

    [GeneratedRegex("(?:Password|Passphrase|SECRET)$", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
