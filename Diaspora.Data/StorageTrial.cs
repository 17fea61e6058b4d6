using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Data;

/// <summary>
/// Whether something can be stored now: a file beside the receipts, a row in the database that is never committed. It tries each time, so that it is over when the cause is.
/// Anybody may ask, so an answer holds for a moment, and there is one question at a time.
/// </summary>
internal sealed class StorageTrial(Store store, StorageState state, StorageFolders folders, TimeProvider clock) : IDisposable
{
    private const int Bytes = 64 * 1024;
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private (HealthCheckResult Files, HealthCheckResult Rows, long At)? _last;

    public async Task<(HealthCheckResult Files, HealthCheckResult Rows)> AskAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            // A verb that did or did not come through since is news.
            if (_last is not { } last || state.IsFailing == IsWell(last) || clock.GetElapsedTime(last.At) >= Holds)
            {
                var (files, rows) = await TryAsync(cancel);
                _last = last = (files, rows, clock.GetTimestamp());
            }

            return (last.Files, last.Rows);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Little room is no failure of what is written now.</summary>
    private static bool IsWell((HealthCheckResult Files, HealthCheckResult Rows, long At) last) => last.Rows.Status == HealthStatus.Healthy && last.Files.Description != StorageRoom.NothingStored;

    private async Task<(HealthCheckResult Files, HealthCheckResult Rows)> TryAsync(CancellationToken cancel)
    {
        var files = await TryAsync(TryAFileAsync, cancel);
        var isTried = false;
        var rows = await TryAsync(async token => isTried = await store.TryAsync(token), cancel);
        if (isTried && files is null && rows is null)
        {
            state.Worked();
        }

        // Nobody tries while somebody writes: then it counts whether what was written last came through.
        var isStuck = rows is null && files is null && !isTried && state.IsFailing;
        return (files ?? StorageRoom.Of(folders).ToResult(), isStuck ? HealthCheckResult.Unhealthy("Somebody writes, and what was written last did not come through.") : rows ?? HealthCheckResult.Healthy());
    }

    /// <returns>Nothing where it went well.</returns>
    private async Task<HealthCheckResult?> TryAsync(Func<CancellationToken, Task> attempt, CancellationToken cancel)
    {
        try
        {
            await attempt(cancel);
            return null;
        }
        catch (Exception fault) when (state.Blames(fault))
        {
            return HealthCheckResult.Unhealthy(StorageRoom.NothingStored);
        }
    }

    private async Task TryAFileAsync(CancellationToken cancel)
    {
        var path = Path.Combine(folders.Receipts, $".try-{Guid.NewGuid():N}");
        try
        {
            await using var file = PrivateFiles.Create(path, bufferBytes: 1, FileOptions.DeleteOnClose);
            await file.WriteAsync(new byte[Bytes], cancel);
        }
        finally
        {
            File.Delete(path);
        }
    }
}

/// <summary>Whether the database takes what is written.</summary>
internal sealed class DatabaseCheck(StorageTrial trial) : IHealthCheck
{
    public const string Name = "database";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => (await trial.AskAsync(cancellationToken)).Rows;
}

/// <summary>Whether the folder takes files, and has room for more.</summary>
internal sealed class StorageCheck(StorageTrial trial) : IHealthCheck
{
    public const string Name = "storage";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => (await trial.AskAsync(cancellationToken)).Files;
}
