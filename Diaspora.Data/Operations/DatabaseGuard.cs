using Diaspora.Domain.Operations;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Diaspora.Data.Operations;

/// <summary>Stands before the database: is it the one this folder belongs to, whole, and not newer than the portal? Until that is known nothing is written.</summary>
public sealed class DatabaseGuard(
    IContextFactory contexts, DatabaseStartup startup, StorageFolders folders, DatabaseMarker marker, DatabaseFile file, TimeProvider clock, ILogger<DatabaseGuard> log)
{
    /// <summary>Of the command line: what is found now is right, whatever the folder remembers.</summary>
    public const string Accept = "--accept-empty-database";

    /// <summary>Adds why not, if so. Writes nothing.</summary>
    public async Task<FoundDatabase> LookAsync(StartReasons reasons, bool isAccepted, CancellationToken cancel = default)
    {
        string[] faults = [.. folders.All.Select(FileAccessCheck.Fault).OfType<string>()];
        reasons.Add(faults);
        try
        {
            if (faults.Length > 0)
            {
                return FoundDatabase.Nothing;
            }

            await using var context = contexts.Create();
            var found = context.Database.IsSqlite()
                ? await SqliteLook.AtAsync(context.Database.GetConnectionString()!, cancel)
                : await ServerLook.AtAsync(context.Database.GetConnectionString()!, cancel);
            if (found.Migration is { } last && string.CompareOrdinal(last, context.Database.GetMigrations().Last()) > 0)
            {
                reasons.Add($"{NameOf(context)} was written by a newer portal (its last migration is {last}): install that version again, or restore a backup of this one with -- backup restore.");
            }
            else if (!isAccepted)
            {
                reasons.Add(Doubts(NameOf(context), found));
            }

            return found;
        }
        catch (StartRefusedException refused)
        {
            reasons.Add(refused.Reasons);
            return FoundDatabase.Nothing;
        }
    }

    /// <summary>Makes the folders, brings the database up to the newest migration, and writes down which one it is.</summary>
    /// <exception cref="StartRefusedException">It could not be.</exception>
    public async Task OpenAsync(CancellationToken cancel = default)
    {
        await using var context = contexts.Create();
        try
        {
            await startup.MigrateAsync(cancel);
            await RememberAsync(isSure: true, cancel);
        }
        catch (SqliteException fault)
        {
            throw new StartRefusedException(SqliteLook.Sentence(context.Database.GetDbConnection().DataSource, fault.SqliteErrorCode, fault.Message));
        }
        catch (Exception fault) when (fault is SqlException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{NameOf(context)} cannot be brought up to date: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Writes down what the database holds now.</summary>
    /// <param name="isSure">Whether it has been looked at. Else it is compared first: over one that was emptied meanwhile the folder does not forget what there was.</param>
    public async Task RememberAsync(bool isSure, CancellationToken cancel = default)
    {
        await using var context = contexts.Create();
        await context.Database.OpenConnectionAsync(cancel);
        var found = await FoundDatabase.ReadAsync(context.Database.GetDbConnection(), context.Database.IsSqlite() ? SqliteLook.Tables : ServerLook.Tables, cancel);
        if (found is not { Id: { } id, Migration: { } migration })
        {
            return;
        }

        if (!isSure && Doubts(NameOf(context), found).FirstOrDefault() is { } doubt)
        {
            log.LogError("{Doubt}", doubt);
            return;
        }

        file.Memory = new DatabaseMemory(id, migration, found.Members, found.Payments, found.LastEntry, clock.GetUtcNow().UtcDateTime);
        marker.Write(file.Memory);
    }

    private IEnumerable<string> Doubts(string name, FoundDatabase found)
    {
        DatabaseMemory? remembered;
        string? unread = null;
        try
        {
            remembered = marker.Read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            (remembered, unread) = (null, $"'{marker.Path}', which says to which database this folder belongs, cannot be read: {fault.Message} Start once with {Accept} if the database is the right one.");
        }

        if (unread is not null)
        {
            yield return unread;
        }
        else if (remembered?.Doubts(found) is { } doubt and not DatabaseDoubt.None)
        {
            yield return $"{name} {Words(doubt, found)}, and this folder belonged to a portal with {remembered}. Bring a backup back with -- backup restore, or start once with {Accept} to go on with what is there.";
        }
    }

    private static string Words(DatabaseDoubt doubt, FoundDatabase found) => doubt switch
    {
        DatabaseDoubt.Missing => "is missing",
        DatabaseDoubt.Empty => "is empty",
        DatabaseDoubt.Another => $"is another one ({found.Members} members, {found.Payments} payments)",
        DatabaseDoubt.Older => $"is an older copy ({found.Members} members, {found.Payments} payments, {found.LastEntry} entries in the log)",
        _ => $"has lost rows ({found.Members} members, {found.Payments} payments are left)",
    };

    private static string NameOf(DiasporaDbContext context) => context.Database.GetDbConnection() is var connection && context.Database.IsSqlite()
        ? $"The database '{connection.DataSource}'"
        : $"The database '{connection.Database}' of '{connection.DataSource}'";
}
