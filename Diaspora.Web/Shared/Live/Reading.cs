namespace Diaspora.Web.Shared.Live;

/// <summary>Reads what a page shows. Keeps the refusal where the reader may not see it, or may not see it any more.</summary>
public sealed class Reading
{
    private int _last;
    private int _onTheirWay;

    /// <summary>Why the latest reading was refused; nothing after one that succeeded.</summary>
    public Problem? Refusal { get; private set; }

    /// <summary>What is shown is about to be replaced. Whoever would read only a part of it reads all instead, which overtakes nothing that is not in it.</summary>
    public bool IsOnItsWay => _onTheirWay > 0;

    /// <param name="read">Reads, and keeps what was read. Several readings may be on their way; the one that began last decides about <see cref="Refusal"/>.</param>
    /// <param name="missing">What the page does when the thing does not exist, instead of telling so. Most pages give <c>Navigation.NotFound</c>.</param>
    /// <returns>Whether it was read.</returns>
    public async Task<bool> ReadAsync(Func<Task> read, Action? missing = null)
    {
        var turn = ++_last;
        Problem? refusal = null;
        _onTheirWay++;
        try
        {
            await read();
        }
        catch (DomainException refused)
        {
            if (refused.IsNotFound && missing is not null)
            {
                missing();
                return false;
            }

            refusal = refused.Problem;
        }
        finally
        {
            _onTheirWay--;
        }

        if (turn == _last)
        {
            Refusal = refusal;
        }

        return refusal is null;
    }

    /// <summary>
    /// As the other, for what takes the place of something older. Of several readings on their way the one that began last is shown: one that ends later may still know
    /// things as they were before.
    /// </summary>
    /// <param name="show">Keeps what was read.</param>
    public Task<bool> ReadAsync<T>(Func<Task<T>> read, Action<T> show, Action? missing = null) => ReadAsync(
        async () =>
        {
            var turn = _last;
            var found = await read();
            if (turn == _last)
            {
                show(found);
            }
        },
        missing);

    /// <summary>The reader goes on, so the refusal leaves the screen.</summary>
    public void Forget() => Refusal = null;
}
