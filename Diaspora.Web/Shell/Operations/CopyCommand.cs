using System.Data.Common;
using Diaspora.Data;
using Diaspora.Data.Moving;

namespace Diaspora.Web.Shell.Operations;

/// <summary><c>dotnet Diaspora.Web.dll -- database copy --to …</c>: moves a portal from SQLite to SQL Server, with the settings of the portal and without starting it.</summary>
public static class CopyCommand
{
    private const string Usage =
        """
        database copy --to <connection string> [--from <file>]

        Copies everything from the SQLite file of the portal, or from the one named, into an empty database of SQL Server, then reads both and compares every table.
        Stop the portal first. Nothing is changed in the file. The connection string names the database, which is made if it is not there:
          --to "Server=db;Database=Diaspora;User Id=…;Password=…;TrustServerCertificate=True"
        Ends with 0 when both are the same, else with 1. Receipts and keys stay where they are, in Storage:Directory.
        """;

    /// <summary>Whether the program was started for this.</summary>
    public static bool IsAsked(string[] args) => Words(args) is ["database", ..];

    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (Words(args) is not ["database", "copy", .. var options])
        {
            await errors.WriteLineAsync(Usage);
            return 1;
        }

        var builder = WebApplication.CreateBuilder(options);
        if (builder.Configuration["to"] is not { Length: > 0 } server)
        {
            await errors.WriteLineAsync(Usage);
            return 1;
        }

        try
        {
            return await MoveToServer.RunAsync(builder.Configuration["from"] ?? FileOf(builder), server, TimeProvider.System, output.WriteLine) ? 0 : Different(errors);
        }
        catch (InvalidOperationException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return 1;
        }
        catch (DbException fault)
        {
            await errors.WriteLineAsync($"{fault.Message} Nothing was left in the target but empty tables; the source is as it was.");
            return 1;
        }
    }

    private static int Different(TextWriter errors)
    {
        errors.WriteLine("The two are not the same: do not use the target. The source is as it was.");
        return 1;
    }

    /// <summary>Where the portal keeps its file, also when its settings name the server already.</summary>
    private static string FileOf(WebApplicationBuilder builder)
    {
        var database = builder.Configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions();
        var directory = builder.Configuration["Storage:Directory"];
        return database is { Provider: DatabaseOptions.Sqlite, ConnectionString: { Length: > 0 } configured }
            ? configured
            : new StorageFolders(Path.GetFullPath(string.IsNullOrWhiteSpace(directory) ? "data" : directory, builder.Environment.ContentRootPath)).Database;
    }

    private static string[] Words(string[] args) => args is ["--", .. var words] ? words : args;
}
