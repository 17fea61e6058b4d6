namespace Diaspora.Tests.Payments;

/// <summary>Keeps the answer to one reading back.</summary>
internal sealed class HeldStore(IStore store) : IStore
{
    public TaskCompletionSource? Hold { get; set; }

    public Task? Held { get; private set; }

    public Task<T> ReadAsync<T>(Func<IWork, Task<T>> read, CancellationToken cancel = default)
    {
        var (hold, answer) = (Hold, store.ReadAsync(read, cancel));
        Hold = null;
        if (hold is null)
        {
            return answer;
        }

        var late = AfterAsync(hold.Task, answer);
        Held = late;
        return late;
    }

    public Task<T> WriteAsync<T>(Func<IWork, Task<T>> write, CancellationToken cancel = default) => store.WriteAsync(write, cancel);

    private static async Task<T> AfterAsync<T>(Task hold, Task<T> answer)
    {
        await hold;
        return await answer;
    }
}
