using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data;

/// <summary>
/// Tells SQLite how many rows its tables hold. It never finds out by itself, and then takes any index for a good one.
/// With a hundred thousand members it read all of them for each page of a file. SQL Server keeps count on its own.
/// </summary>
public sealed class DatabaseCare(IContextFactory contexts)
{
    /// <summary>Below this number nothing is told. SQLite would believe the figures of an empty portal until the next hour, while a spreadsheet fills it.</summary>
    public const int Few = 100;

    /// <summary>Looks at a sample of each index: some milliseconds, whatever the size.</summary>
    public async Task AnalyzeAsync(CancellationToken cancel = default)
    {
        await using var context = contexts.Create();
        if (context.Database.IsSqlite() && await context.Members.CountAsync(cancel) >= Few)
        {
            // Nobody waits for this, so it waits longer for a file that is held than a verb does.
            await context.Database.ExecuteSqlRawAsync("PRAGMA busy_timeout=5000; PRAGMA analysis_limit=1000; ANALYZE;", cancel);
        }
    }
}
