namespace Diaspora.Web.Kaspi.Pdf;

/// <summary>
/// How much of one PDF is unpacked, parsed and drawn. The library does whatever a file tells it to, and catches some exceptions on its way: so what is spent is remembered,
/// and asked for again at the end.
/// </summary>
/// <param name="pages">How many pages are read at all.</param>
/// <param name="bytes">What of its pages is parsed, all together; twice as much may be unpacked, for fonts.</param>
/// <param name="letters">What its pages may draw, all together.</param>
internal sealed class PdfBudget(int pages, long bytes, int letters, CancellationToken cancel)
{
    /// <summary>A page that is full of text has a tenth of it.</summary>
    private const int PageLetters = 40_000;

    /// <summary>Each operation of a page becomes an object.</summary>
    private const int PageBytes = 1024 * 1024;

    private const int MostForms = 2000;

    /// <summary>Places in the file that name another one: each page is named by one, and all that is named becomes an object before the first page is looked at.</summary>
    private const int MostReferences = 50_000;

    private long _unpacked = bytes * 2;
    private long _parsed = bytes;
    private int _letters = letters;
    private int _forms = MostForms;
    private int _references = MostReferences;
    private int _pageLetters;
    private long _pageBytes;

    public bool IsSpent { get; private set; }

    public int Pages => pages;

    public void BeginPage() => (_pageLetters, _pageBytes) = (0, 0);

    public void Unpack(int count) => Require((_unpacked -= count) >= 0);

    public void Parse(long count) => Require((_parsed -= count) >= 0 && (_pageBytes += count) <= PageBytes);

    public void Draw() => Require(--_letters >= 0 && ++_pageLetters <= PageLetters);

    /// <summary>In the file as it lies, or in what was packed of its structure.</summary>
    public void Look(ReadOnlySpan<byte> structure)
    {
        while (structure.IndexOf(" R"u8) is >= 0 and var at)
        {
            if (at > 0 && structure[at - 1] is >= (byte)'0' and <= (byte)'9')
            {
                Require(--_references >= 0);
            }

            structure = structure[(at + 2)..];
        }
    }

    public void Enter() => Require(--_forms >= 0);

    /// <exception cref="PdfTooMuchException">It is more than any statement or receipt has.</exception>
    public void Require(bool isFine)
    {
        cancel.ThrowIfCancellationRequested();
        if (!isFine || IsSpent)
        {
            IsSpent = true;
            throw new PdfTooMuchException();
        }
    }
}

/// <summary>A PDF that would take more time or memory than is given to it.</summary>
internal sealed class PdfTooMuchException : Exception;
