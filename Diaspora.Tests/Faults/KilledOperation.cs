using System.Diagnostics;
using Diaspora.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace Diaspora.Tests.Faults;

/// <summary>Something the published program does once, and that is killed at moments spread over all the time that it takes.</summary>
/// <param name="Lay">What is in the folder before.</param>
/// <param name="Begin">Starts it over a folder.</param>
/// <param name="HasBegun">Whether it is at it.</param>
/// <param name="Ends">Ends when it has come through.</param>
/// <param name="Check">Looks at what a killed one has left, and at what comes after it; answers with how much had to be there, and says what is not.</param>
internal sealed record KilledOperation(
    string Name, Func<string, Task> Lay, Func<string, Task<PortalProcess>> Begin, Func<string, bool> HasBegun, Func<PortalProcess, Task> Ends, Func<string, List<string>, Task<int>> Check)
{
    /// <summary>For each kill that is wanted: it may have come through before.</summary>
    private const int Tries = 5;

    /// <summary>What every one of them takes on any machine. The short form, which kills once, is killed within it and measures nothing.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(200);

    public async Task RunAsync(int wanted)
    {
        var (whole, kills, acknowledged, losses) = (LongForm.IsAsked ? await MeasureAsync() : Least, 0, 0, new List<string>());
        for (var tries = 0; kills < wanted && tries < wanted * Tries; tries++)
        {
            await InAFolderAsync(async folder =>
            {
                await Lay(folder);
                await using (var process = await Begin(folder))
                {
                    await BegunAsync(process, folder);
                    await Task.Delay(whole * (kills + Random.Shared.NextDouble()) / wanted);
                    if (process.HasEnded)
                    {
                        // It was faster than the one that was measured.
                        whole *= 0.8;
                    }
                    else
                    {
                        kills++;
                    }

                    await process.KillAsync();
                }

                acknowledged += await Check(folder, losses);
            });
        }

        LongForm.Say($"kill -9 during {Name}", kills, acknowledged, losses, []);
    }

    /// <summary>What every row of a table says, by its columns' names: how migrations order them is not told.</summary>
    public static string Rows(string folder, string table, string columns)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "diaspora.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {columns} FROM {table} ORDER BY 1";
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return string.Join('\n', rows);
    }

    private static async Task InAFolderAsync(Func<string, Task> act)
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-test-").FullName;
        try
        {
            await act(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>How long it takes where nobody kills it.</summary>
    private async Task<TimeSpan> MeasureAsync()
    {
        TimeSpan whole = default;
        await InAFolderAsync(async folder =>
        {
            await Lay(folder);
            await using var process = await Begin(folder);
            var ends = Ends(process);
            await BegunAsync(process, folder);
            var begun = Stopwatch.GetTimestamp();
            await ends;
            whole = Stopwatch.GetElapsedTime(begun);
        });
        return whole;
    }

    private async Task BegunAsync(PortalProcess process, string folder)
    {
        while (!HasBegun(folder) && !process.HasEnded)
        {
            await Task.Delay(1);
        }
    }
}
