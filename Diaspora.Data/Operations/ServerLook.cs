using Microsoft.Data.SqlClient;

namespace Diaspora.Data.Operations;

/// <summary>Looks into a database of SQL Server before anybody writes to it, and does not wait for a server that is not there.</summary>
internal static class ServerLook
{
    public const string Tables = "SELECT name FROM sys.tables";
    private const int NoSuchDatabase = 4060;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <exception cref="StartRefusedException">There is no server, or it does not let us in.</exception>
    public static async Task<FoundDatabase> AtAsync(string connectionString, CancellationToken cancel)
    {
        var settings = new SqlConnectionStringBuilder(connectionString) { ConnectTimeout = (int)Patience.TotalSeconds - 1, ConnectRetryCount = 0, Pooling = false, CommandTimeout = (int)Patience.TotalSeconds };
        try
        {
            // Looking up a name is not bounded by the driver.
            return await ReadAsync(settings.ToString(), cancel).WaitAsync(Patience, cancel);
        }
        catch (SqlException fault) when (fault.Number == NoSuchDatabase)
        {
            return FoundDatabase.Nothing;
        }
        catch (Exception fault) when (fault is SqlException or TimeoutException)
        {
            throw new StartRefusedException($"Database:ConnectionString: the SQL Server '{settings.DataSource}' does not let the portal in: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static async Task<FoundDatabase> ReadAsync(string connectionString, CancellationToken cancel)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        return await FoundDatabase.ReadAsync(connection, Tables, cancel);
    }
}
