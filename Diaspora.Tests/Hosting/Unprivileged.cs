using System.Diagnostics;

namespace Diaspora.Tests.Hosting;

/// <summary>Programs started as nobody: no group, no right, and no way to get one. Only root can give up so much, and only Linux has the words for it.</summary>
internal static class Unprivileged
{
    public const string User = "65534";

    private static readonly string[] Nobody = [$"--reuid={User}", $"--regid={User}", "--clear-groups", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"];

    public static ProcessStartInfo Start(string program, params IEnumerable<string> arguments) => new("setpriv", [.. Nobody, program, .. arguments]);

    /// <returns>Why a program of this file cannot be started so; nothing where it can.</returns>
    public static async Task<string?> ReasonAgainstAsync(string file)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return "Only root on Linux starts a program as another user.";
        }

        try
        {
            var (code, said) = await RunAsync(Start("test", "-r", file));
            return code == 0 ? null : $"Nobody cannot read {file}: {said}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "There is no setpriv (util-linux).";
        }
    }

    public static async Task GiveAsync(string folder) => Assert.Equal((0, ""), await RunAsync(new ProcessStartInfo("chown", [$"{User}:{User}", folder])));

    public static async Task<(int Code, string Said)> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said.Trim());
    }
}
