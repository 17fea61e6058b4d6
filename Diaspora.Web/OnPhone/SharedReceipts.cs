using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Web.Dues.Cabinet;

namespace Diaspora.Web.OnPhone;

/// <summary>Which payment a shared receipt is for, and what the worker says of one that it did not keep.</summary>
public static class SharedReceipts
{
    /// <summary>It did not get as far as the portal's page: chosen there, it does.</summary>
    public const string Again = "again";

    /// <summary>The payments that the member has begun themselves, the newest first.</summary>
    public static IReadOnlyList<WaitingIntent> Open(CabinetDetails details)
    {
        var begunAt = details.Pending.GroupBy(row => row.IntentId).ToDictionary(rows => rows.Key, rows => rows.Max(row => row.CreatedAt));
        return [.. new CabinetView(details).Waiting.Where(intent => !intent.IsByAnother).OrderByDescending(intent => begunAt[intent.Id])];
    }

    /// <summary>The one that is asked for, else the newest. What an address says may be anything.</summary>
    public static WaitingIntent? Choose(IReadOnlyList<WaitingIntent> open, string? asked) =>
        open.FirstOrDefault(intent => Guid.TryParse(asked, out var id) && intent.Id == id) ?? (open.Count > 0 ? open[0] : null);

    /// <summary>What is wrong with what was shared, in the words a receipt is refused with elsewhere; nothing where the address says nothing of it, or the page has words of its own.</summary>
    public static Problem? ProblemOf(string? refused) => refused switch
    {
        "large" => new Problem(Problems.FileTooLarge),
        "kind" => new Problem(Problems.FileWrongKind),
        "many" => new Problem(Problems.TooManyFiles, ReceiptRules.MaxFiles),
        _ => null,
    };
}
