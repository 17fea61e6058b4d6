using System.Text.Json;
using Diaspora.Domain.Backups;

namespace Diaspora.Data.Backups;

/// <summary>What an archive says of itself: <c>manifest.json</c> in it.</summary>
/// <param name="Product">The version of the portal that made it.</param>
/// <param name="MadeAt">UTC.</param>
/// <param name="DatabaseId">Which database it was; none where it was older than such ids.</param>
/// <param name="Database">None in an archive of receipts and keys alone.</param>
internal sealed record BackupManifest(int Format, string Product, DateTime MadeAt, Guid? DatabaseId, DatabaseFigures? Database, IReadOnlyList<ArchivedFile> Files)
{
    /// <summary>The newest that this portal writes and reads.</summary>
    public const int Newest = 1;

    /// <summary>Bytes. A million receipts need less.</summary>
    public const long Largest = 256 << 20;

    public const string Entry = "manifest.json";
    public const string DatabaseEntry = "diaspora.db";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public void Write(Stream to) => JsonSerializer.Serialize(to, this, Json);

    /// <exception cref="BackupException">It is none, or of a format this portal does not know.</exception>
    public static BackupManifest Read(Stream from)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(from, Json);
            return manifest is not { Format: > 0, Files: not null } ? throw new BackupException(BackupFault.Damaged, "The archive's manifest is empty.")
                : manifest.Format > Newest ? throw new BackupException(BackupFault.Newer, $"The archive was made by a newer version of the portal ({manifest.Product}, format {manifest.Format}; this one knows {Newest}): update the portal first.")
                : manifest;
        }
        catch (JsonException fault)
        {
            throw new BackupException(BackupFault.Damaged, $"The archive's manifest cannot be read: {fault.Message}", fault);
        }
    }
}

/// <param name="Name">With its folder, <c>receipts/0a/0a…</c>.</param>
internal sealed record ArchivedFile(string Name, long Bytes, string Sha256);

/// <summary>What the database in an archive holds.</summary>
/// <param name="Rows">How many rows each table has.</param>
/// <param name="Confirmed">The sum of confirmed payments by month.</param>
/// <param name="MissingReceipts">Receipts the database names and that were gone from the folder already.</param>
internal sealed record DatabaseFigures(string? LastMigration, SortedDictionary<string, long> Rows, SortedDictionary<string, long> Confirmed, AuditNumbers Audit, int MissingReceipts);

/// <summary>The log's numbers: the first and the last of its entries, how many there are, and the last that was ever given.</summary>
internal sealed record AuditNumbers(long First, long Last, long Count, long Given);
