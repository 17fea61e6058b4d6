using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data;

/// <summary>
/// Tells SQLite how many rows its tables hold. It never finds out by itself, and then takes any index for a good one: of a hundred thousand members it
/// read all for each page of a file. SQL Server keeps count on its own.
/// </summary>
public sealed class DatabaseCare(IContextFactory contexts)
{
    /// <summary>With fewer, nothing is said: the figures of an empty portal would be believed until the next hour, while a spreadsheet fills it.</summary>
    public const int Few = 100;

    /// <summary>Looks at a sample of each index: some milliseconds, whatever the size.</summary>
    public async Task AnalyzeAsync(CancellationToken cancel = default)
    {
        await using var context = contexts.Create();
        if (context.Database.IsSqlite() && await context.Members.CountAsync(cancel) >= Few)
        {
            await context.Database.ExecuteSqlRawAsync("PRAGMA analysis_limit=1000; ANALYZE;", cancel);
        }
    }
}
