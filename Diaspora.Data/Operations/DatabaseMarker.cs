using System.Globalization;
using System.Text.Json;

namespace Diaspora.Data.Operations;

/// <summary>What a folder remembers of its database, as it was at the last good start or hour.</summary>
/// <param name="LastEntry">The number of the last entry of its log, which only ever grows.</param>
/// <param name="SeenAt">UTC.</param>
public sealed record DatabaseMemory(Guid DatabaseId, string Migration, int Members, int Payments, long LastEntry, DateTime SeenAt)
{
    /// <summary>Whether what is found now is not what the folder remembers.</summary>
    public DatabaseDoubt Doubts(FoundDatabase found) => this switch
    {
        // Nobody was a member yet, so nothing can have been lost.
        { Members: 0 } => DatabaseDoubt.None,
        _ when !found.IsThere => DatabaseDoubt.Missing,
        _ when found.Members == 0 => DatabaseDoubt.Empty,
        _ when found.Id is { } id && id != DatabaseId => DatabaseDoubt.Another,
        _ when found.LastEntry < LastEntry => DatabaseDoubt.Older,

        // An import that is undone takes members with it, but then the log has gone on.
        _ when found.LastEntry == LastEntry && (found.Members < Members || found.Payments < Payments) => DatabaseDoubt.Emptied,
        _ => DatabaseDoubt.None,
    };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Members} members, {Payments} payments and {LastEntry} entries in the log, seen at {SeenAt:yyyy-MM-dd HH:mm} UTC");
}

public enum DatabaseDoubt
{
    None,

    /// <summary>There is no file, or the server has no such database.</summary>
    Missing,
    Empty,

    /// <summary>A copy that was made earlier.</summary>
    Older,

    /// <summary>The same one, and rows are gone from it that no entry of the log tells of.</summary>
    Emptied,
    Another,
}

/// <summary>
/// A file beside the keys that says to which database this folder belongs, so that a portal over an emptied one does not begin anew as if nothing had been.
/// Whoever puts another database there on purpose, as a restore does, removes it: it is written anew at the next start.
/// </summary>
public sealed class DatabaseMarker(StorageFolders folders)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public string Path { get; } = System.IO.Path.Combine(folders.Keys, "portal.json");

    /// <exception cref="IOException">It cannot be read, or was not written by a portal.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public DatabaseMemory? Read()
    {
        try
        {
            return File.Exists(Path) ? JsonSerializer.Deserialize<DatabaseMemory>(File.ReadAllBytes(Path)) : null;
        }
        catch (JsonException fault)
        {
            throw new IOException("It is not what a portal writes.", fault);
        }
    }

    /// <summary>Whole or not at all: a portal that is killed over it leaves the older one.</summary>
    public void Write(DatabaseMemory memory)
    {
        var next = $"{Path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = PrivateFiles.Create(next))
            {
                JsonSerializer.Serialize(file, memory, Readable);
                file.Flush(flushToDisk: true);
            }

            File.Move(next, Path, overwrite: true);
        }
        finally
        {
            File.Delete(next);
        }
    }

    public void Remove() => File.Delete(Path);
}
