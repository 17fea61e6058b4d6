using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Diaspora.Data;

/// <summary>
/// Whether the last that was written came through. The disk may be full, or another program may hold the file: no fault of the portal and of whoever pressed, so that
/// both get a sentence, and whoever runs the portal is told once and not with every press.
/// </summary>
internal sealed class StorageState(ILogger<StorageState> log)
{
    private int _failing;

    public bool IsFailing => Volatile.Read(ref _failing) != 0;

    /// <summary>Busy, locked, read-only, an error of the disk, damaged, full, not to be opened, no database.</summary>
    private static bool IsAway(SqliteException fault) => fault.SqliteErrorCode is 5 or 6 or 8 or 10 or 11 or 13 or 14 or 26;

    /// <summary>A time limit, no connection, a deadlock, a lock that lasts, no room, read-only; and whatever the server calls a fault of its own.</summary>
    private static bool IsAway(SqlException fault) => fault.Class >= 17 || fault.Number is -2 or -1 or 2 or 53 or 1205 or 1222 or 1101 or 1105 or 9002 or 3906;

    /// <summary>Whether the storage is to blame. Notes it, and tells the log when it is the first time.</summary>
    public bool Blames(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is RetryLimitExceededException or IOException or UnauthorizedAccessException || (cause is SqliteException file && IsAway(file)) || (cause is SqlException server && IsAway(server)))
            {
                if (Interlocked.Exchange(ref _failing, 1) == 0)
                {
                    log.LogError(fault, "Nothing can be stored: is the disk full, or does another program hold the database?");
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>Something was written.</summary>
    public void Worked()
    {
        if (IsFailing && Interlocked.Exchange(ref _failing, 0) != 0)
        {
            log.LogInformation("The storage works again");
        }
    }
}
