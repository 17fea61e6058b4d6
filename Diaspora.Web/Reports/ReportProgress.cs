using System.Collections.Concurrent;

namespace Diaspora.Web.Reports;

/// <summary>How much of a file is written.</summary>
public readonly record struct FileStep(int Done, int Total);

/// <summary>The long files that this process is writing, for the pages that wait for them: only a figure to look at.</summary>
public sealed class ReportProgress
{
    private readonly ConcurrentDictionary<Guid, FileStep> _writing = new();

    public FileStep? Of(Guid ticket) => _writing.TryGetValue(ticket, out var step) ? step : null;

    public void Tell(Guid ticket, int done, int total) => _writing[ticket] = new FileStep(done, total);

    public void End(Guid ticket) => _writing.TryRemove(ticket, out _);
}
