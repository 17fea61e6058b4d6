using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Shared.Live;

/// <summary>How it listens.</summary>
public sealed partial class LiveRefresh<TChange> : ComponentBase
{
    private async Task ListenAsync()
    {
        var closed = _closed.Token;
        try
        {
            var missed = Seen != Feed.Published;
            while (missed || await _changes.Reader.WaitToReadAsync(closed).ConfigureAwait(false))
            {
                for (int turn = 0, seen = -1; Quiet > TimeSpan.Zero && turn < MostTurns && seen != _changes.Reader.Count; turn++)
                {
                    seen = _changes.Reader.Count;
                    await Task.Delay(Quiet, closed).ConfigureAwait(false);
                }

                List<TChange> burst = [];
                while (_changes.Reader.TryRead(out var change))
                {
                    missed |= change is null;
                    if (change is not null)
                    {
                        burst.Add(change);
                    }
                }

                // After the reading of what waited: what is dropped from here on is told by the next round.
                var isWhole = Interlocked.Exchange(ref _dropped, 0) == 0 && !missed;
                missed = !await CallAsync(isWhole && OnPatch is { } patch ? () => patch(burst) : () => OnChange.InvokeAsync()).ConfigureAwait(false);
                await Task.Delay(missed ? AfterFault : Interval, closed).ConfigureAwait(false);
            }
        }
        catch (Exception end) when (end is OperationCanceledException || IsOver(end))
        {
            // The page was left, or is one of a portal that has stopped.
        }
        catch (Exception exception) when (!closed.IsCancellationRequested)
        {
            await DispatchExceptionAsync(exception).ConfigureAwait(false);
        }
    }

    /// <summary>A moment's fault of the database must not end every open page: it is logged, and a while later the page reads again.</summary>
    private async Task<bool> CallAsync(Func<Task> call)
    {
        try
        {
            await InvokeAsync(call).ConfigureAwait(false);
            return true;
        }
        catch (DomainException refused)
        {
            // An answer, not a fault; a page that cares shows it.
            Log.LogInformation("A live page was refused: {Problem}", refused.Problem.Code);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !IsOver(fault) && !_closed.IsCancellationRequested)
        {
            Log.LogError(fault, "A live page could not be refreshed on {Change}", typeof(TChange).Name);
            return false;
        }
    }

    /// <summary>A page stays in memory for a while after its portal or its circuit was closed, and would read again and again what nobody answers any more.</summary>
    private static bool IsOver(Exception fault) => fault is ObjectDisposedException { ObjectName: nameof(IServiceProvider) };
}
