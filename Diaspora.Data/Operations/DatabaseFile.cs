using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Diaspora.Data.Operations;

/// <summary>
/// The file of SQLite is still the one that lies where it should. SQLite goes on writing into a file that was deleted or whose volume was taken away, and answers as if
/// something was stored; so each time it is opened, and before and after each commit, the system is asked. Once it was away, what comes back is looked at before it is used.
/// </summary>
public sealed class DatabaseFile : IDbConnectionInterceptor, IDbTransactionInterceptor
{
    /// <summary>SQLITE_FCNTL_HAS_MOVED: the name leads to another file now, or to none. On Windows a file that is open stays, and this says no.</summary>
    private const int HasMoved = 20;

    private volatile bool _wasAway;

    /// <summary>What the database held when that was last written down.</summary>
    public DatabaseMemory? Memory { get; set; }

    public void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Open(connection);

    public Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Open(connection);
        return Task.CompletedTask;
    }

    public void ConnectionFailed(DbConnection connection, ConnectionErrorEventData eventData) => _wasAway = true;

    public Task ConnectionFailedAsync(DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        _wasAway = true;
        return Task.CompletedTask;
    }

    public InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        Require(eventData.Context?.Database.GetDbConnection());
        return result;
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Require(eventData.Context?.Database.GetDbConnection());
        return ValueTask.FromResult(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Require(eventData.Context?.Database.GetDbConnection());

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Require(eventData.Context?.Database.GetDbConnection());
        return Task.CompletedTask;
    }

    private void Open(DbConnection connection)
    {
        try
        {
            Require(connection);
            if (_wasAway)
            {
                Recognize(connection);
                _wasAway = false;
            }
        }
        catch
        {
            SqliteConnection.ClearPool((SqliteConnection)connection);
            connection.Close();
            throw;
        }
    }

    private void Require(DbConnection? connection)
    {
        var isMoved = 0;
        if (connection is SqliteConnection { Handle: { } handle } && Ask(handle, "main", HasMoved, ref isMoved) == raw.SQLITE_OK && isMoved != 0)
        {
            _wasAway = true;
            throw new IOException($"The database '{connection.DataSource}' was deleted, moved or replaced while the portal runs: put it back, or restart the portal.");
        }
    }

    /// <summary>The driver does all at once, whatever it is asked for.</summary>
    private void Recognize(DbConnection connection)
    {
        var found = FoundDatabase.ReadAsync(connection, SqliteLook.Tables, CancellationToken.None).GetAwaiter().GetResult();
        if (Memory?.Doubts(found) is { } doubt and not DatabaseDoubt.None)
        {
            throw new IOException($"The database '{connection.DataSource}' was away, and what lies there now is not what there was ({doubt}): restart the portal, it will say more.");
        }
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern int Ask(sqlite3 database, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, int operation, ref int answer);
}
