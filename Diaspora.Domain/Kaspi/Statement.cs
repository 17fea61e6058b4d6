using System.Text.Encodings.Web;
using System.Text.Json;

namespace Diaspora.Domain.Kaspi;

/// <summary>How far a statement has come.</summary>
public enum StatementState
{
    /// <summary>Read and looked at; nothing of it counts yet.</summary>
    Staged,
    Booked,
    Undone,

    /// <summary>A table whose columns nobody has named yet.</summary>
    Unnamed,
}

/// <summary>A bank's statement that was handed in. Its file is kept like a receipt's.</summary>
public sealed class Statement
{
    public const int FileNameLength = 100;
    public const int AccountLength = 64;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Statement()
    {
    }

    /// <param name="storedName">Of the file, in the storage.</param>
    /// <param name="sha256">Of the file, in lower-case hexadecimal.</param>
    public Statement(string fileName, string storedName, string sha256, ReadStatement read, Guid by, DateTime now)
    {
        FileName = fileName;
        StoredName = storedName;
        Sha256 = sha256;
        Take(read);
        CreatedBy = by;
        CreatedAt = now;
    }

    /// <param name="table">What is asked about it; it has no lines until its columns are named.</param>
    public Statement(string fileName, string storedName, string sha256, UnnamedTable table, Guid by, DateTime now)
    {
        FileName = fileName;
        StoredName = storedName;
        Sha256 = sha256;
        Format = StatementFormat.Table;
        From = To = DateOnly.FromDateTime(now);
        LinesJson = JsonSerializer.Serialize(table, Json);
        CreatedBy = by;
        CreatedAt = now;
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public string FileName { get; private set; } = "";

    public string StoredName { get; private set; } = "";

    public string Sha256 { get; private set; } = "";

    public StatementFormat Format { get; private set; }

    public string? Account { get; private set; }

    public DateOnly From { get; private set; }

    public DateOnly To { get; private set; }

    /// <summary>All lines, those that are not ours among them.</summary>
    public int LineCount { get; private set; }

    public int NotOursCount { get; private set; }

    public long IncomingTiyn { get; private set; }

    /// <summary>The file's own total.</summary>
    public long? StatedIncomingTiyn { get; private set; }

    /// <summary>The lines that may be dues and what was given back, as long as it is staged.</summary>
    public string LinesJson { get; private set; } = "[]";

    /// <summary>How many of its lines are evidence of its own: they were new when it was booked, or the statement that brought them first was taken back.</summary>
    public int NewCount { get; private set; }

    public Guid CreatedBy { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public Guid? BookedBy { get; private set; }

    public DateTime? BookedAt { get; private set; }

    public Guid? UndoneBy { get; private set; }

    public DateTime? UndoneAt { get; private set; }

    public Guid Version { get; private set; }

    public StatementState State => StateOf(BookedAt, UndoneAt, Format, LineCount);

    /// <summary>The table that waits for the names of its columns.</summary>
    public UnnamedTable? Unnamed => State == StatementState.Unnamed ? JsonSerializer.Deserialize<UnnamedTable>(LinesJson, Json) : null;

    public IReadOnlyList<StatementLine> Lines => State == StatementState.Unnamed ? [] : JsonSerializer.Deserialize<List<StatementLine>>(LinesJson, Json) ?? [];

    /// <summary>No file that was read is without a line: one without any waits to be read.</summary>
    public static StatementState StateOf(DateTime? bookedAt, DateTime? undoneAt, StatementFormat format, int lines) =>
        undoneAt is not null ? StatementState.Undone : bookedAt is not null ? StatementState.Booked : format == StatementFormat.Table && lines == 0 ? StatementState.Unnamed : StatementState.Staged;

    /// <summary>Its columns were named, and it was read by them.</summary>
    /// <exception cref="DomainException">It was read already.</exception>
    public void Name(ReadStatement read)
    {
        if (State != StatementState.Unnamed)
        {
            throw new DomainException(Problems.StatementBooked);
        }

        Take(read);
    }

    /// <exception cref="DomainException">It is booked already, or was undone.</exception>
    public void Book(int newLines, Guid by, DateTime now)
    {
        if (State != StatementState.Staged)
        {
            throw new DomainException(Problems.StatementBooked);
        }

        // From here on its lines are evidence.
        (NewCount, LinesJson, BookedBy, BookedAt) = (newLines, "[]", by, now);
    }

    /// <summary>Lines that it knew are its own by now.</summary>
    public void Gain(int lines) => NewCount += lines;

    /// <summary>Takes it back, or throws it away where nothing of it was booked yet.</summary>
    /// <exception cref="DomainException">It was undone already.</exception>
    public void Undo(Guid by, DateTime now)
    {
        if (State == StatementState.Undone)
        {
            throw new DomainException(Problems.StatementBooked);
        }

        (LinesJson, UndoneBy, UndoneAt) = ("[]", by, now);
    }

    private void Take(ReadStatement read)
    {
        Format = read.Format;
        Account = read.Account;
        (From, To) = (read.From, read.To);
        LineCount = read.Lines.Count;
        IncomingTiyn = read.IncomingTiyn;
        StatedIncomingTiyn = read.StatedIncomingTiyn;

        // What the holder of the account spent is nobody's business here: it is counted above, and stays in the file alone.
        LinesJson = JsonSerializer.Serialize(read.Lines.Where(line => line.Kind is LineKind.Incoming or LineKind.Refund), Json);
        NotOursCount = read.Lines.Count(line => line.Kind != LineKind.Incoming);
    }
}
