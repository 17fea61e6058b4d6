using Microsoft.Data.Sqlite;

namespace Diaspora.Data;

/// <summary>Whether a fault is that there is no room any more.</summary>
public static class DiskFull
{
    private const int OnUnix = 28;
    private const int OnWindows = unchecked((int)0x80070070);
    private const int OfSqlite = 13;

    public static bool Is(Exception fault) => fault is IOException { HResult: OnUnix or OnWindows } or SqliteException { SqliteErrorCode: OfSqlite };
}
