using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Data;

/// <summary>
/// Whether something can be stored now: a file beside the receipts, a row in the database that is never committed. It tries each time, so that it is over when the cause is.
/// Anybody may ask, so a good answer holds for a moment, and there is one question at a time.
/// </summary>
internal sealed class StorageCheck(Store store, StorageState state, StorageFolders folders, TimeProvider clock) : IHealthCheck, IDisposable
{
    private const int Bytes = 64 * 1024;
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private long? _goodAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_goodAt is { } at && !state.IsFailing && clock.GetElapsedTime(at) < Holds)
            {
                return HealthCheckResult.Healthy();
            }

            _goodAt = null;
            await TryAFileAsync(cancellationToken);
            if (!await store.TryAsync(cancellationToken) && state.IsFailing)
            {
                return HealthCheckResult.Unhealthy("Somebody writes, and what was written last did not come through.");
            }

            state.Worked();
            _goodAt = clock.GetTimestamp();
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (state.Blames(fault))
        {
            return HealthCheckResult.Unhealthy("Nothing can be stored.");
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

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
