using Diaspora.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Storage;

/// <summary>Ends with the files of one database, and leaves those of the tests beside it open.</summary>
internal static class SqliteFiles
{
    /// <summary>What the connections of this database are pooled by.</summary>
    public static string FileOf(this IContextFactory contexts)
    {
        using var context = contexts.Create();
        return context.Database.GetConnectionString()!;
    }

    /// <summary>Closes what nobody uses any more; the last one out brings the log into the file, so that it can be copied or deleted.</summary>
    public static void Close(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
