using System.Data;
using System.Data.Common;
using System.Globalization;
using Diaspora.Data.Operations;
using Diaspora.Domain.Payments;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Diaspora.Data.Moving;

/// <summary>
/// Moves all that is stored into another, empty database: every table of the model in one transaction, and afterwards both sides are read and compared.
/// The source is only read, as it was at one moment.
/// </summary>
internal sealed class DatabaseMove(DiasporaDbContext source, DiasporaDbContext target, ICopyWriter writer, TimeProvider clock)
{
    private const int PieceRows = 5000;

    /// <summary>A portal says every few seconds that it is there.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    /// <summary>Has a row from the first migration on: the number of the last entry in the log.</summary>
    private const string Seeded = "AuditTail";

    /// <exception cref="InvalidOperationException">One of the two is not what it has to be: a sentence. Nothing was changed.</exception>
    public async Task<CopyReport> RunAsync(Action<string> tell, CancellationToken cancel = default)
    {
        await RequireSourceAsync(cancel);
        var tables = CopiedTable.All(source);
        await PrepareTargetAsync(tables, tell, cancel);

        await source.Database.OpenConnectionAsync(cancel);
        await using var moment = await MomentAsync(cancel);
        Dictionary<string, ContentSum> read = [];
        await using (var transaction = await target.Database.BeginTransactionAsync(cancel))
        {
            await target.AuditTails.ExecuteDeleteAsync(cancel);
            foreach (var table in tables)
            {
                read[table.Name] = await CopyAsync(table, cancel);
                tell(string.Create(CultureInfo.InvariantCulture, $"{table.Name}: {read[table.Name].Rows} rows"));
            }

            await writer.CheckAsync(target, tables, cancel);
            await transaction.CommitAsync(cancel);
        }

        try
        {
            return await CompareAsync(tables, read, cancel);
        }
        catch (DbException fault)
        {
            throw new InvalidOperationException($"Everything was copied, and then it could not be compared: {fault.Message} Delete the target and do it again. The source is as it was.", fault);
        }
    }

    private async Task<CopyReport> CompareAsync(IReadOnlyList<CopiedTable> tables, Dictionary<string, ContentSum> read, CancellationToken cancel)
    {
        List<TableReport> compared = [];
        foreach (var table in tables)
        {
            var there = new ContentSum();
            await foreach (var row in table.RowsAsync(target, cancel))
            {
                there.Add(row);
            }

            compared.Add(new TableReport(table.Name, read[table.Name].Rows, there.Rows, read[table.Name].Equals(there)));
        }

        var (before, after) = (await MonthsAsync(source, cancel), await MonthsAsync(target, cancel));
        return new CopyReport(compared, [.. before.Keys.Union(after.Keys).Order().Select(month => new MonthReport(month, before.GetValueOrDefault(month), after.GetValueOrDefault(month)))]);
    }

    /// <summary>One view of the source until the end. It writes nothing there, so on SQLite it must not ask for the writers' turn.</summary>
    private async Task<IDbContextTransaction> MomentAsync(CancellationToken cancel) => source.Database.GetDbConnection() is SqliteConnection file
        ? (await source.Database.UseTransactionAsync(file.BeginTransaction(deferred: true), cancel))!
        : await source.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);

    private async Task RequireSourceAsync(CancellationToken cancel)
    {
        var known = source.Database.GetMigrations().ToList();
        var applied = (await source.Database.GetAppliedMigrationsAsync(cancel)).ToList();
        if (applied.Count == 0)
        {
            throw new InvalidOperationException("The source holds no portal: name the right one with --from.");
        }

        if (!known.SequenceEqual(applied))
        {
            throw new InvalidOperationException("The source was made by another version of the portal: start and stop it once with this one, then copy.");
        }

        var lately = clock.GetUtcNow().UtcDateTime - Silence;
        if (await Portals.LivingAsync(source, lately, cancel) is { } name)
        {
            throw new InvalidOperationException($"A portal works with the source: {name}. Stop it first; if it was killed, wait a minute.");
        }
    }

    /// <summary>Makes the tables where there are none. Whatever is there already stays as it is.</summary>
    private async Task PrepareTargetAsync(IReadOnlyList<CopiedTable> tables, Action<string> tell, CancellationToken cancel)
    {
        var creator = target.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancel) || !await creator.HasTablesAsync(cancel))
        {
            tell("Making the tables");
            await target.Database.MigrateAsync(cancel);
        }
        else if (!target.Database.GetMigrations().SequenceEqual(await target.Database.GetAppliedMigrationsAsync(cancel)))
        {
            throw new InvalidOperationException("The target holds tables that are not those of this version: name an empty database with --to.");
        }

        await target.Database.OpenConnectionAsync(cancel);
        foreach (var table in tables)
        {
            if (table.Name == Seeded ? await target.AuditTails.AnyAsync(tail => tail.Last != 0, cancel) : await table.RowsAsync(target, cancel).AnyAsync(cancel))
            {
                throw new InvalidOperationException($"The target has data in {table.Name} already: name an empty database with --to. Nothing was changed in it.");
            }
        }
    }

    private async Task<ContentSum> CopyAsync(CopiedTable table, CancellationToken cancel)
    {
        var sum = new ContentSum();
        using var piece = table.Piece();
        await foreach (var row in table.RowsAsync(source, cancel))
        {
            sum.Add(row);
            piece.Rows.Add(row);
            if (piece.Rows.Count == PieceRows)
            {
                await writer.WriteAsync(target, table, piece, cancel);
                piece.Clear();
            }
        }

        if (piece.Rows.Count > 0)
        {
            await writer.WriteAsync(target, table, piece, cancel);
        }

        return sum;
    }

    private static async Task<Dictionary<Period, MonthSum>> MonthsAsync(DiasporaDbContext context, CancellationToken cancel) =>
        await context.Payments.Where(payment => payment.Status == PaymentStatus.Confirmed).GroupBy(payment => payment.Period)
            .Select(month => new { Month = month.Key, Count = month.Count(), Sum = month.Sum(payment => payment.Amount.Tenge) })
            .ToDictionaryAsync(month => month.Month, month => new MonthSum(month.Count, month.Sum), cancel);
}
