using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Diaspora.Data;

/// <summary>What SQLite has to be told on each connection: wait for the lock instead of failing, and flush every commit to the disk.</summary>
/// <param name="patienceSeconds">For how long it waits.</param>
internal sealed class SqlitePragmas(int patienceSeconds) : DbConnectionInterceptor
{
    private readonly string _onOpen = string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout={patienceSeconds * 1000}; PRAGMA synchronous=FULL;");

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _onOpen;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = _onOpen;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
