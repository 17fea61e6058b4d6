using System.Text.Encodings.Web;
using System.Text.Json;
using Diaspora.Domain.Members;

namespace Diaspora.Domain.Import;

/// <summary>How far an import has come.</summary>
public enum ImportState
{
    /// <summary>Staged: nobody but the admins sees anything of it.</summary>
    Staged,
    Booked,
    Undone,
}

/// <summary>One file that was handed in: staged, perhaps booked, perhaps undone. It stays as the evidence.</summary>
public sealed class ImportBatch
{
    private ImportBatch()
    {
    }

    internal ImportBatch(Sheet sheet, ImportLayout layout, int rows, Guid by, DateTime now)
    {
        FileName = sheet.FileName;
        Sha256 = sheet.Sha256;
        HeaderRow = layout.Sheets[0].HeaderRow;
        RowCount = rows;
        CreatedBy = by;
        CreatedAt = now;
        LayoutJson = ImportJson.Write(layout);
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public string FileName { get; private set; } = "";

    /// <summary>Of the file, in hexadecimal: whether it is the same one again.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>The row of the file in which its first header begins.</summary>
    public int HeaderRow { get; private set; }

    public int RowCount { get; private set; }

    /// <summary>What sheets and columns mean, and what a person has said of them and of single cells, in JSON. Of imports before there were several sheets, the columns alone.</summary>
    public string LayoutJson { get; private set; } = "[]";

    public Guid CreatedBy { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public Guid? BookedBy { get; private set; }

    public DateTime? BookedAt { get; private set; }

    /// <summary>What booking wrote, in JSON: see <see cref="ImportTotals"/>.</summary>
    public string? TotalsJson { get; private set; }

    public Guid? UndoneBy { get; private set; }

    public DateTime? UndoneAt { get; private set; }

    public Guid Version { get; private set; }

    public ImportState State => UndoneAt is not null ? ImportState.Undone : BookedAt is not null ? ImportState.Booked : ImportState.Staged;

    internal ImportLayout Layout => LayoutJson[0] == '{' ? ImportJson.Read<ImportLayout>(LayoutJson)
        : new ImportLayout([new ImportSheet(0, "", HeaderRow, HeaderRow)], ImportJson.Read<List<ImportColumn>>(LayoutJson) is var columns && State == ImportState.Staged ? AskedAnew(columns) : columns);

    public ImportTotals? Totals => TotalsJson is null ? null : ImportJson.Read<ImportTotals>(TotalsJson);

    /// <exception cref="DomainException">It is booked: what was said of it stays as it was.</exception>
    internal void Say(Func<ImportLayout, ImportLayout> change)
    {
        RequireStaged();
        LayoutJson = ImportJson.Write(change(Layout));
    }

    /// <exception cref="DomainException">It is booked already, or was undone.</exception>
    public void Book(ImportTotals totals, Guid by, DateTime now)
    {
        RequireStaged();
        (TotalsJson, BookedBy, BookedAt) = (ImportJson.Write(totals), by, now);
    }

    /// <exception cref="DomainException">There is nothing to undo.</exception>
    public void Undo(Guid by, DateTime now)
    {
        if (State != ImportState.Booked)
        {
            throw new DomainException(Problems.ImportNotBooked);
        }

        (UndoneBy, UndoneAt) = (by, now);
    }

    /// <summary>A file may have been staged by rules that guessed where there is a question now.</summary>
    private static List<ImportColumn> AskedAnew(List<ImportColumn> columns)
    {
        var now = ImportColumns.Recognise([.. columns.Select(column => column.Header)]);
        return columns.ConvertAll(column => column is { Field: ImportField.Month, IsSaid: false } && now[column.Index].Field == ImportField.Unclear ? column with { Field = ImportField.Unclear } : column);
    }

    private void RequireStaged()
    {
        if (State != ImportState.Staged)
        {
            throw new DomainException(Problems.ImportBooked, BookedAt!.Value);
        }
    }
}

/// <summary>What an import wrote.</summary>
/// <param name="Added">New members.</param>
/// <param name="Changed">Members that were there and have new months or fields.</param>
/// <param name="Left">Rows of which nothing was written: unchanged, wrong, or left out by choice.</param>
/// <param name="Tenge">The sum of the payments.</param>
public sealed record ImportTotals(int Added, int Changed, int Left, int Payments, long Tenge)
{
    /// <summary>How many of those left needed nothing; missing for imports that did not count them apart yet.</summary>
    public int? Unchanged { get; init; }

    /// <summary>How many of those left could not be written.</summary>
    public int? Wrong { get; init; }
}

/// <summary>A row as it was handed in. Never changed.</summary>
public sealed class ImportRow
{
    private ImportRow()
    {
    }

    public ImportRow(Guid batchId, SheetRow row)
    {
        BatchId = batchId;
        Number = row.Number;
        CellsJson = ImportJson.Write(row.Cells);
        FaultsJson = row.Faults.Count == 0 ? null : ImportJson.Write(row.Faults);
        IsTitle = row.IsTitle;
    }

    public Guid BatchId { get; private set; }

    /// <summary>The row's number in the file.</summary>
    public int Number { get; private set; }

    public string CellsJson { get; private set; } = "[]";

    public string? FaultsJson { get; private set; }

    public bool IsTitle { get; private set; }

    public SheetRow ToSheetRow() => new(
        Number, ImportJson.Read<string[]>(CellsJson), FaultsJson is null ? SheetRow.NoFaults : ImportJson.Read<Dictionary<int, string>>(FaultsJson), IsTitle);
}

/// <summary>What booking did with one row: all that an undo needs. Versions tell whether anybody has changed it since.</summary>
public sealed class ImportTrace
{
    private ImportTrace()
    {
    }

    public ImportTrace(Guid batchId, int number, Guid memberId, bool isNew, Guid? memberVersion, Guid? intentId, Guid? intentVersion, MemberColumns? before)
    {
        BatchId = batchId;
        Number = number;
        MemberId = memberId;
        IsNew = isNew;
        MemberVersion = memberVersion;
        IntentId = intentId;
        IntentVersion = intentVersion;
        BeforeJson = before is null ? null : ImportJson.Write(before);
    }

    public Guid BatchId { get; private set; }

    public int Number { get; private set; }

    public Guid MemberId { get; private set; }

    public bool IsNew { get; private set; }

    /// <summary>The member's version after booking; missing where the member itself was left as it was.</summary>
    public Guid? MemberVersion { get; private set; }

    public Guid? IntentId { get; private set; }

    public Guid? IntentVersion { get; private set; }

    public string? BeforeJson { get; private set; }

    public MemberColumns? Before => BeforeJson is null ? null : ImportJson.Read<MemberColumns>(BeforeJson);
}

/// <summary>The columns of a member that an import may change, at one moment.</summary>
public sealed record MemberColumns(string FullName, string? Email, string? City, DateOnly? JoinedOn, DateTime UpdatedAt, Guid Version)
{
    /// <summary>The exemptions that the import gave: an undo takes them away.</summary>
    public IReadOnlyList<Guid>? Exempted { get; init; }

    public static MemberColumns Of(Member member) =>
        new(member.FullName, member.Email, member.City, member.JoinedOn, member.UpdatedAt, member.Version);
}

internal static class ImportJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("Nothing was stored.");
}
