using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Diaspora.Data;

/// <summary>What SQLite has to be told on each connection: wait for the lock instead of failing, and flush every commit to the disk.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public const string OnOpen = "PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = OnOpen;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = OnOpen;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
