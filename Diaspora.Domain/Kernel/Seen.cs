namespace Diaspora.Domain.Kernel;

/// <summary>
/// A form that edits what is there carries what its reader saw. Only what differs from that is written, and what somebody else changed meanwhile
/// is not overwritten unseen.
/// </summary>
public interface IEditsWhatWasSeen<TSeen>
{
    TSeen Seen { get; set; }
}

/// <summary>One value of an edit: as it was seen, as it is wanted, and as it is stored now.</summary>
public static class SeenValue
{
    /// <summary>Reader and colleague both changed it, and not to the same.</summary>
    public static bool IsConflict<T>(T seen, T wanted, T stored) => !Equals(wanted, seen) && !Equals(stored, seen) && !Equals(wanted, stored);

    /// <summary>As <see cref="IsConflict"/> for a form of one value: whoever sends it wants that value, changed or not.</summary>
    public static bool IsStale<T>(T seen, T wanted, T stored) => !Equals(stored, seen) && !Equals(wanted, stored);

    /// <summary>What it is to be: a value that the reader left alone stays as it is stored.</summary>
    public static T Merge<T>(T seen, T wanted, T stored) => Equals(wanted, seen) ? stored : wanted;
}

/// <summary>What a reader is told of a field that a colleague changed too: what is in it now, who changed it, and when.</summary>
public static class FieldConflict
{
    private const string Nobody = "—";

    public static bool Is(Problem? problem) => problem?.Code is Problems.FieldChangedMeanwhile or Problems.FieldEmptiedMeanwhile;

    /// <summary>The text of what is stored now; empty where the field was emptied.</summary>
    public static string TheirsOf(Problem problem) => problem.Code == Problems.FieldEmptiedMeanwhile ? "" : problem.Args[0].ToString() ?? "";

    /// <param name="entityId">The thing that was changed, as the log names it.</param>
    /// <param name="theirs">What is stored now.</param>
    /// <param name="names">What the log calls the field.</param>
    public static async Task<Problem> ConflictAsync(this IWork work, Guid entityId, object? theirs, string[] names, CancellationToken cancel)
    {
        var last = (await work.Audit.OfAsync(entityId, cancel)).LastOrDefault(row => names.Any(row.Changed));
        var (who, at) = (last?.Actor ?? Nobody, last?.CreatedAt ?? default);
        return theirs is null or "" ? new Problem(Problems.FieldEmptiedMeanwhile, who, at) : new Problem(Problems.FieldChangedMeanwhile, theirs, who, at);
    }
}
