using System.Collections.Concurrent;

namespace Diaspora.Domain.Import;

/// <summary>How far a booking is.</summary>
public readonly record struct ImportStep(int Done, int Total);

/// <summary>
/// The bookings that run in this process, for the pages that watch. Only a figure to look at: whether an import is booked stands in
/// its batch.
/// </summary>
public sealed class ImportProgress
{
    private readonly ConcurrentDictionary<Guid, ImportStep> _running = new();

    public ImportStep? Of(Guid batchId) => _running.TryGetValue(batchId, out var step) ? step : null;

    public void Report(Guid batchId, int done, int total) => _running[batchId] = new ImportStep(done, total);

    public void End(Guid batchId) => _running.TryRemove(batchId, out _);
}
