using System.Globalization;
using System.Text.RegularExpressions;
using Diaspora.Domain.Backups;

namespace Diaspora.Data.Backups;

/// <summary>
/// <c>diaspora-20260308-071000.1a2b3c4d.zip</c>, with <c>.sealed</c> behind it when it is encrypted. The time is UTC; a second one of the same second has a number. Behind the point stands
/// the beginning of the database's id, so that several portals may share a folder: each removes its own. What is named otherwise is somebody else's file and never touched.
/// </summary>
internal static partial class ArchiveName
{
    public const string Sealed = ".sealed";

    private const string TimeFormat = "yyyyMMdd-HHmmss";

    /// <summary>What is being written, until it has its name.</summary>
    private const string Unfinished = ".part";

    /// <summary>A name that nothing in the folder has.</summary>
    public static string New(string folder, DateTime madeAt, Guid? database, bool isEncrypted)
    {
        for (var number = 1; ; number++)
        {
            var count = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");
            var name = string.Create(CultureInfo.InvariantCulture, $"diaspora-{madeAt.ToString(TimeFormat, CultureInfo.InvariantCulture)}{count}{(database is null ? "" : $".{Short(database)}")}.zip");
            if (!File.Exists(Path.Combine(folder, name)) && !File.Exists(Path.Combine(folder, name + Sealed)))
            {
                return isEncrypted ? name + Sealed : name;
            }
        }
    }

    /// <summary>The archives in a folder, newest first; none where there is no folder.</summary>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static IReadOnlyList<BackupFile> In(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFiles("diaspora-*").Select(Read).OfType<BackupFile>().OrderByDescending(file => file.MadeAt).ThenByDescending(file => file.Name.Length).ThenByDescending(file => file.Name, StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    public static bool IsOne(string name) => Pattern().IsMatch(name);

    /// <summary>Under such a name something is written that is not yet, or no longer, anybody's.</summary>
    public static string Part(string folder, string name) => Path.Combine(folder, $".{name}{Unfinished}");

    /// <summary>Removes those of this database that need no longer be kept.</summary>
    public static void Thin(string folder, Guid? database, IReadOnlySet<string> verified)
    {
        foreach (var file in Retention.Superfluous(In(folder).Where(file => Pattern().Match(file.Name).Groups["of"].Value == Short(database)), verified))
        {
            File.Delete(Path.Combine(folder, file.Name));
        }
    }

    /// <summary>Removes what a run that was killed has left in the folder, and what nobody holds who is still at it.</summary>
    public static void Clear(string folder)
    {
        foreach (var left in new DirectoryInfo(folder).EnumerateFiles($".diaspora-*{Unfinished}*"))
        {
            try
            {
                PrivateFiles.OpenAlone(left.FullName).Dispose();
                left.Delete();
            }
            catch (IOException)
            {
                // Somebody looks at an archive just now.
            }
        }
    }

    private static string Short(Guid? database) => database?.ToString("N")[..8] ?? "";

    private static BackupFile? Read(FileInfo file)
    {
        var match = Pattern().Match(file.Name);
        return match.Success && DateTime.TryParseExact(match.Groups["at"].Value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var madeAt)
            ? new BackupFile(file.Name, madeAt, file.Length, match.Groups["sealed"].Success)
            : null;
    }

    [GeneratedRegex(@"^diaspora-(?<at>[0-9]{8}-[0-9]{6})(-[0-9]+)?(\.(?<of>[0-9a-f]{8}))?\.zip(?<sealed>\.sealed)?$")]
    private static partial Regex Pattern();
}
