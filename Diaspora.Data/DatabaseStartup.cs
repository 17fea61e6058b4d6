using System.Globalization;
using System.Text;
using Diaspora.Domain.Members;
using Diaspora.Domain.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Diaspora.Data;

/// <summary>Brings the database up to the newest migration before the portal answers anyone.</summary>
public sealed class DatabaseStartup(IContextFactory contexts, StorageFolders folders, TimeProvider clock, ILogger<DatabaseStartup> log)
{
    /// <summary>Members whose keys go to the database together. With many more SQLite's driver is slow: it looks for every value in every statement.</summary>
    private const int AtOnce = 25;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <exception cref="Operations.StartRefusedException">The folders cannot be made.</exception>
    public async Task MigrateAsync(CancellationToken cancel = default)
    {
        folders.Prepare();
        await using var context = contexts.Create();
        if (!context.Database.IsSqlite())
        {
            await context.Database.MigrateAsync(cancel);
            await FillNameKeysAsync(context, cancel);
            await MarkAsync(context, cancel);
            return;
        }

        await using var turn = await TakeTurnAsync(cancel);
        PrivateFiles.CreateEmpty(context.Database.GetDbConnection().DataSource);
        await ClearStaleLockAsync(context, cancel);
        await context.Database.MigrateAsync(cancel);
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancel);
        await FillNameKeysAsync(context, cancel);
        await MarkAsync(context, cancel);
    }

    /// <summary>Gives the database the id by which a folder knows it again.</summary>
    private async Task MarkAsync(DiasporaDbContext context, CancellationToken cancel)
    {
        if (await context.Marks.AnyAsync(cancel))
        {
            return;
        }

        try
        {
            context.Marks.Add(new DatabaseMark { CreatedAt = clock.GetUtcNow().UtcDateTime });
            await context.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (!contexts.OneWriterAtATime)
        {
            // On a server another portal that starts at the same moment has done it.
            context.ChangeTracker.Clear();
        }
    }

    /// <summary>
    /// Makes the keys of names anew for members whose set of words is empty: those who are older than it, and everybody after a migration that has emptied it because the
    /// rules of the keys have changed. No database can make these keys, so the migration could not. A name in letters that have no place in the key keeps an empty one.
    /// </summary>
    private static async Task FillNameKeysAsync(DiasporaDbContext context, CancellationToken cancel)
    {
        var empty = await context.Everybody.Where(member => member.NameSet == "" && member.FullName != "")
            .Select(member => new { member.Id, member.FullName, member.NameKey, member.SortKey }).ToListAsync(cancel);
        var wrong = empty.Select(member => (member.Id, Key: NameSkeleton.Of(member.FullName), Order: NameOrder.KeyOf(member.FullName), Stored: (member.NameKey, member.SortKey)))
            .Where(member => (member.Key, member.Order) != member.Stored || NameSkeleton.InAnyOrder(member.Key).Length > 0).ToList();
        if (wrong.Count == 0)
        {
            return;
        }

        await context.Database.CreateExecutionStrategy().ExecuteAsync(cancel, async token =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(token);
            foreach (var some in wrong.Chunk(AtOnce))
            {
                // The versions stay: nobody has changed anything about these members.
                var (sql, values) = (new StringBuilder(), new List<object>());
                foreach (var (id, key, order, _) in some)
                {
                    var at = values.Count;
                    sql.Append(CultureInfo.InvariantCulture, $$"""UPDATE "Members" SET "NameKey" = {{{at}}}, "SortKey" = {{{at + 1}}}, "NameSet" = {{{at + 2}}} WHERE "Id" = {{{at + 3}}};""")
                        .Append(CultureInfo.InvariantCulture, $$"""UPDATE "MemberDues" SET "NameKey" = {{{at}}}, "SortKey" = {{{at + 1}}} WHERE "MemberId" = {{{at + 3}}};""");
                    values.AddRange([key, order, NameSkeleton.InAnyOrder(key), id]);
                }

                await context.Database.ExecuteSqlRawAsync(sql.ToString(), values, token);
            }

            await transaction.CommitAsync(token);
        });
    }

    /// <summary>A lock that ends with its process, unlike the row that EF leaves in the database.</summary>
    private async Task<FileStream> TakeTurnAsync(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        while (true)
        {
            try
            {
                return PrivateFiles.OpenAlone(folders.MigrationLock);
            }
            catch (IOException) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(100, CancellationToken.None);
            }
        }
    }

    /// <summary>We hold the lock, so whoever wrote a row into EF's lock table is dead. Every later start would wait for that row for ever.</summary>
    private async Task ClearStaleLockAsync(DiasporaDbContext context, CancellationToken cancel)
    {
        var table = await context.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM sqlite_master WHERE type='table' AND name='__EFMigrationsLock'").SingleAsync(cancel);
        if (table > 0 && await context.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock", cancel) > 0)
        {
            log.LogWarning("An earlier start was killed while it migrated; its lock was removed");
        }
    }
}
