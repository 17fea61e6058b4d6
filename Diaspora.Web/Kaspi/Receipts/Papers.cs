using System.Collections.Concurrent;
using Diaspora.Domain.Payments;
using Diaspora.Web.Kaspi.Pdf;

namespace Diaspora.Web.Kaspi.Receipts;

/// <summary>Whether a PDF can be looked at in its place.</summary>
public enum PaperState
{
    Shown,

    /// <summary>The portal does not understand it; a browser may.</summary>
    Unclear,
    Locked,
    TooLong,
    Missing,
}

/// <summary>A PDF that is a receipt, or says it is one.</summary>
/// <param name="Pages">Nought where nobody could count them.</param>
/// <param name="Rows">The text that stands in it, as far as it was read.</param>
public sealed record Paper(PaperState State, int Pages = 0, params IReadOnlyList<string> Rows);

/// <summary>
/// Looks into PDFs before a page shows them: a locked one asks for a password in the middle of the desk, and one of eighty pages is no receipt. A file never changes, so what was seen is
/// kept; who may see it is asked each time by whoever has its name.
/// </summary>
public sealed class Papers(IReceiptFiles files, ILogger<Papers> log) : IDisposable
{
    /// <summary>A receipt has one page, a bank's certificate three.</summary>
    public const int MostPages = 20;

    private const long Bytes = 2 * 1024 * 1024;
    private const int Letters = 30_000;
    private const int MostRows = 80;
    private const int Kept = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, Paper> _kept = [];
    private readonly SemaphoreSlim _turn = new(2);

    public async Task<Paper> OfAsync(ReceiptFile receipt, CancellationToken cancel = default)
    {
        if (_kept.TryGetValue(receipt.StoredName, out var known))
        {
            return known;
        }

        await _turn.WaitAsync(cancel);
        try
        {
            var paper = await Task.Run(() => LookAsync(receipt.StoredName), CancellationToken.None);
            if (_kept.Count >= Kept)
            {
                _kept.Clear();
            }

            return paper.State == PaperState.Missing ? paper : _kept.GetOrAdd(receipt.StoredName, paper);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Paper> LookAsync(string storedName)
    {
        List<string> rows = [];
        var pages = 0;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await using var file = files.Open(storedName);
            using var content = new MemoryStream();
            await file.CopyToAsync(content, patience.Token);
            return PdfText.Read(content.ToArray(), MostPages, Bytes, Letters, row => Take(row.Text), patience.Token, count => pages = count) switch
            {
                PdfState.Locked => new Paper(PaperState.Locked),
                PdfState.Damaged => new Paper(PaperState.Unclear),
                _ when pages > MostPages => new Paper(PaperState.TooLong, pages),
                _ => new Paper(PaperState.Shown, pages, rows),
            };
        }
        catch (IOException)
        {
            return new Paper(PaperState.Missing);
        }
        catch (OperationCanceledException)
        {
            log.LogWarning("A receipt took longer than {Seconds} s to be looked into", Patience.TotalSeconds);
            return new Paper(PaperState.Unclear, pages, rows);
        }

        void Take(string row)
        {
            if (rows.Count < MostRows && row.Trim() is { Length: > 0 } text)
            {
                rows.Add(text);
            }
        }
    }
}
