namespace Diaspora.Domain.Kernel;

/// <summary>
/// What many open pages ask after the same change is read once. An answer belongs to the state of the feed it was read at: with the next announcement it is gone, so
/// whoever was told of a change never gets what was read before it. Who may see an answer is not known here; the question has to say for whose right it was read.
/// </summary>
public sealed class SharedAnswers(IChangeFeed feed, TimeProvider clock)
{
    /// <summary>For what no announcement tells: what another process wrote, and the hour.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<object, (Task Answer, long At)> _answers = [];
    private long _published = -1;

    /// <summary>How many readings are kept now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _answers.Count;
            }
        }
    }

    /// <param name="question">A value: two that are equal have the same answer, which nobody changes.</param>
    /// <param name="read">Belongs to nobody: it knows no reader's culture or page, and goes on when a page is closed meanwhile.</param>
    public async Task<T> ReadAsync<T>(object question, Func<Task<T>> read)
    {
        var (answer, isOwn) = Find(question, read);
        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch when (!isOwn)
        {
            // It failed for whoever asked first. That says nothing about another try.
            return await Find(question, read).Answer.ConfigureAwait(false);
        }
    }

    private (Task<T> Answer, bool IsOwn) Find<T>(object question, Func<Task<T>> read)
    {
        lock (_lock)
        {
            // Looked up before the reading begins: what is announced later may not be in it.
            if (feed.Published is var published && published != _published)
            {
                _answers.Clear();
                _published = published;
            }

            if (_answers.TryGetValue(question, out var kept) && kept.Answer is Task<T> { IsFaulted: false, IsCanceled: false } known && clock.GetElapsedTime(kept.At) < KeptFor)
            {
                return (known, false);
            }

            // Nobody announces anything for hours, and people go on asking.
            foreach (var old in _answers.Where(it => clock.GetElapsedTime(it.Value.At) >= KeptFor).ToList())
            {
                _answers.Remove(old.Key);
            }

            using (ExecutionContext.SuppressFlow())
            {
                var answer = Task.Run(read);
                _answers[question] = (answer, clock.GetTimestamp());
                return (answer, true);
            }
        }
    }
}
