using Diaspora.Domain.Operations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Backups;

internal static class DatabaseMarks
{
    /// <summary>Which database it is; it learns so when it did not know.</summary>
    /// <returns>None where it is older than such marks, or cannot be written to.</returns>
    public static async Task<Guid?> IdAsync(DiasporaDbContext context, DateTime now, CancellationToken cancel)
    {
        try
        {
            if (await context.Marks.AsNoTracking().SingleOrDefaultAsync(cancel) is { } known)
            {
                return known.DatabaseId;
            }

            var mark = new DatabaseMark { CreatedAt = now };
            context.Marks.Add(mark);
            await context.SaveChangesAsync(cancel);
            return mark.DatabaseId;
        }
        catch (Exception fault) when (fault is SqliteException or DbUpdateException)
        {
            return null;
        }
    }
}
