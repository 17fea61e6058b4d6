using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Data;

/// <summary>
/// Whether something can be stored now: a file beside the receipts, a row in the database that is never committed. It tries each time, so that it is over when the cause is.
/// Anybody may ask, so an answer holds for a moment, and there is one question at a time.
/// </summary>
internal sealed class StorageCheck(Store store, StorageState state, StorageFolders folders, TimeProvider clock) : IHealthCheck, IDisposable
{
    private const int Bytes = 64 * 1024;
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private (HealthCheckResult Answer, long At)? _last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // A verb that did or did not come through since is news.
            if (_last is not { } last || state.IsFailing == (last.Answer.Status == HealthStatus.Healthy) || clock.GetElapsedTime(last.At) >= Holds)
            {
                _last = last = (await TryAsync(cancellationToken), clock.GetTimestamp());
            }

            return last.Answer;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<HealthCheckResult> TryAsync(CancellationToken cancel)
    {
        try
        {
            await TryAFileAsync(cancel);
            if (await store.TryAsync(cancel))
            {
                state.Worked();
            }

            return state.IsFailing ? HealthCheckResult.Unhealthy("Somebody writes, and what was written last did not come through.") : HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (state.Blames(fault))
        {
            return HealthCheckResult.Unhealthy("Nothing can be stored.");
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
