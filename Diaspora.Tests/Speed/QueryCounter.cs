using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Diaspora.Tests.Speed;

/// <summary>Listens to EF and keeps what was asked of the database in one folder; other portals of the same process do not count.</summary>
internal sealed class QueryCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentQueue<(string File, string Text, bool IsOfARequest)> _queries = new();
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];

    private string _folder = "";

    public QueryCounter() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public IReadOnlyList<string> Queries => [.. _queries.Where(query => query.File.StartsWith(_folder, StringComparison.Ordinal)).Select(query => query.Text)];

    /// <summary>Asked by a request or a circuit: without what the portal's tasks ask by themselves meanwhile, which belongs to no activity.</summary>
    public IReadOnlyList<string> QueriesOfRequests => [.. _queries.Where(query => query.IsOfARequest && query.File.StartsWith(_folder, StringComparison.Ordinal)).Select(query => query.Text)];

    /// <summary>Counts from here on, in this folder.</summary>
    /// <returns>What came before, so that a test can see that anything is heard at all.</returns>
    public IReadOnlyList<string> Restart(string folder)
    {
        _folder = folder;
        var before = Queries;
        _queries.Clear();
        return before;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuted.Name && value.Value is CommandExecutedEventData data)
        {
            _queries.Enqueue((data.Command.Connection!.DataSource, data.Command.CommandText, Activity.Current is not null));
        }
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }
}
