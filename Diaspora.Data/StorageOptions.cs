namespace Diaspora.Data;

/// <summary>Which database: <c>Database:Provider</c>, <c>Database:ConnectionString</c> and <c>Database:PatienceSeconds</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";
    public const string Sqlite = nameof(Sqlite);
    public const string SqlServer = nameof(SqlServer);

    public string Provider { get; set; } = Sqlite;

    /// <summary>Needed for SQL Server. For SQLite the file lies in the storage directory unless this says otherwise.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// For how many seconds a verb waits for SQLite's file while another program holds it; then it is refused with a sentence. What is left of
    /// <see cref="VerbPatience"/> it may wait for the verbs before it.
    /// </summary>
    public int PatienceSeconds { get; set; } = 2;

    /// <summary>How long a verb waits altogether before it begins. Whoever pressed does not wait longer, and does it again.</summary>
    public static TimeSpan VerbPatience { get; } = TimeSpan.FromSeconds(5);

    public TimeSpan TurnPatience => VerbPatience - TimeSpan.FromSeconds(PatienceSeconds);
}

/// <summary>The section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Absolute, or beside the web project.</summary>
    public string? Directory { get; set; }

    public StorageFolders FoldersBeside(string contentRoot) => new(Path.GetFullPath(string.IsNullOrWhiteSpace(Directory) ? "data" : Directory, contentRoot));
}

/// <summary>Where the portal keeps its files.</summary>
public sealed record StorageFolders(string Root)
{
    public string Database => Path.Combine(Root, "diaspora.db");

    public string Receipts => Path.Combine(Root, "receipts");

    /// <summary>Receipts that no row names, until they are deleted.</summary>
    public string Quarantine => Path.Combine(Root, "receipts-aside");

    public string Keys => Path.Combine(Root, "keys");

    /// <summary>Archives, where <c>Backups:Directory</c> names no other folder.</summary>
    public string Backups => Path.Combine(Root, "backups");

    /// <summary>Held by each portal that runs over the folder, see <see cref="Data.PortalLock"/>.</summary>
    public string PortalLock => Path.Combine(Root, "portal.lock");

    /// <summary>There as long as a restored backup takes its place.</summary>
    public string RestoreJournal => Path.Combine(Root, "restoring.json");

    public string MigrationLock => Path.Combine(Root, "migrating.lock");

    /// <summary>The folders themselves, the outermost first.</summary>
    public IReadOnlyList<string> All => [Root, Receipts, Quarantine, Keys];

    /// <summary>Makes what is missing.</summary>
    /// <exception cref="Operations.StartRefusedException">A directory cannot be made or written to.</exception>
    public void Prepare()
    {
        Make(All);
        PrivateFiles.Close(this);
    }

    /// <summary>Makes the outermost alone, and leaves what is in it to whoever holds it.</summary>
    /// <exception cref="Operations.StartRefusedException">It cannot be made or written to.</exception>
    public void PrepareRoot() => Make([Root]);

    private void Make(IReadOnlyList<string> folders)
    {
        try
        {
            foreach (var folder in folders)
            {
                PrivateFiles.CreateFolder(folder);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new Operations.StartRefusedException($"Storage:Directory = '{Root}' cannot be written to: {fault.Message}");
        }
    }
}
