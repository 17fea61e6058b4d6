using Diaspora.Domain.Backups;
using Diaspora.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Backups;

/// <summary>How the backups stand, in the reader's language.</summary>
public sealed class BackupWords(IStringLocalizer<BackupsTexts> texts, Wording words)
{
    /// <summary>«Последняя копия: сегодня 03:10, проверена»</summary>
    public string Last(BackupState state) => state.GoodAt is { } at ? texts["Last", words.Day(at), words.Time(at)] : texts["LastNone"];

    public string Of(BackupTrouble trouble, BackupState state) => trouble switch
    {
        BackupTrouble.Old => texts["TroubleOld", words.Moment(state.GoodAt!.Value)],
        BackupTrouble.Failed => texts["TroubleFailed", words.Moment(state.TriedAt!.Value)],
        _ => texts[$"Trouble{trouble}"],
    };

    /// <summary>Why a try left nothing, or not all of it. What stands there for whoever runs the portal is in the log.</summary>
    public IEnumerable<string> Of(BackupProblem problem) => problem.Faults.Select(fault => texts[$"Fault{fault}"].Value);

    /// <summary>«12,4 МБ»</summary>
    public string Size(long bytes)
    {
        var (unit, count) = bytes >= 1L << 30 ? ("Gigabytes", bytes / (double)(1L << 30)) : bytes >= 1L << 20 ? ("Megabytes", bytes / (double)(1L << 20)) : ("Kilobytes", Math.Ceiling(bytes / 1024d));
        return texts[unit, count.ToString(count < 100 && unit != "Kilobytes" ? "0.#" : "0", System.Globalization.CultureInfo.CurrentCulture)];
    }
}
