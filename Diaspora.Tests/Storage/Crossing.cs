namespace Diaspora.Tests.Storage;

/// <summary>
/// Makes verbs cross as badly as they can: all have read before any writes; then one of them computes the member's copy before the others
/// write and stores it after they did. Who waits for a row, or is done, is waited for no more.
/// </summary>
internal sealed class Crossing(int verbs)
{
    private readonly Meeting _read = new(verbs);
    private readonly Meeting _computed = new(1);
    private readonly Meeting _othersDone = new(verbs - 1);
    private readonly AsyncLocal<Verb?> _verb = new();
    private Verb? _slow;

    public async Task RunAsync(Func<Task> act)
    {
        _verb.Value = new Verb();
        try
        {
            await act();
        }
        finally
        {
            Leave();
        }
    }

    public async Task AfterReadingAsync()
    {
        if (_verb.Value is { } verb && verb.Pass(_read))
        {
            Interlocked.CompareExchange(ref _slow, verb, null);
            await _read.All;
            if (_slow != verb)
            {
                await _computed.All;
            }
        }
    }

    public async Task BeforeCopyAsync()
    {
        if (_verb.Value is { } verb && verb == _slow && verb.Pass(_computed))
        {
            await _othersDone.All;
        }
    }

    public void Leave()
    {
        if (_verb.Value is { } verb)
        {
            verb.Pass(_read);
            verb.Pass(verb == _slow ? _computed : _othersDone);
        }
    }

    private sealed class Verb
    {
        private readonly HashSet<Meeting> _passed = [];

        public bool Pass(Meeting meeting)
        {
            var isFirst = _passed.Add(meeting);
            if (isFirst)
            {
                meeting.Come();
            }

            return isFirst;
        }
    }

    private sealed class Meeting(int missing)
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _missing = missing;

        public Task All => _all.Task;

        public void Come()
        {
            if (Interlocked.Decrement(ref _missing) == 0)
            {
                _all.SetResult();
            }
        }
    }
}
