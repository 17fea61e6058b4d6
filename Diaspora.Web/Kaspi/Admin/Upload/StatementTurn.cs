using Diaspora.Domain.Import;
using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Statements;

namespace Diaspora.Web.Kaspi.Admin.Upload;

/// <summary>A large file takes much memory while it is read, so the whole portal reads one at a time, and none for ever.</summary>
public sealed class StatementTurn(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(ImportLimits.MaxSeconds);

    private readonly SemaphoreSlim _turn = new(1, 1);

    public void Dispose() => _turn.Dispose();

    /// <param name="content">Brings the file once it is its turn.</param>
    /// <exception cref="DomainException">It cannot be read, takes too long, or others are read before it.</exception>
    public async Task<T> ReadAsync<T>(Func<CancellationToken, Task<byte[]>> content, Func<byte[], CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        if (!await _turn.WaitAsync(Patience, cancel))
        {
            throw new DomainException(Problems.ImportTurn);
        }

        try
        {
            var file = await content(cancel);
            using var time = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancel);
            try
            {
                return await read(file, either.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new DomainException(Problems.StatementTooLarge, (int)(StatementReader.MaxBytes >> 20), StatementReader.MaxLines);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>As long as it takes, on a thread of its own: whoever waits for it stays alive meanwhile.</summary>
    public static Task<StatementReading> ReadAsync(byte[] file, TableColumns? columns, CancellationToken cancel) => Task.Run(() => StatementReader.Read(file, columns, cancel), cancel);
}
