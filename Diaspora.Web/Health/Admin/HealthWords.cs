using System.Globalization;
using Diaspora.Web.Shared;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Diaspora.Web.Health.Admin;

/// <summary>Parts, states and sizes in words.</summary>
public sealed class HealthWords(IStringLocalizer<HealthTexts> texts)
{
    private const string PartPrefix = "Part";
    private const long Megabyte = 1 << 20;
    private const long Gigabyte = 1 << 30;

    /// <summary>«База данных»; a part nobody has words for keeps its own name.</summary>
    public string Part(string name) => texts[PartPrefix + KeyOf(name)] is { ResourceNotFound: false } known ? known : name;

    /// <summary>What the state of the part means, and what to do where it is not well.</summary>
    public string Line(HealthPart part) =>
        texts[PartPrefix + KeyOf(part.Name) + part.Status] is { ResourceNotFound: false } known ? known : texts["Other" + part.Status];

    public string State(HealthStatus status) => texts["State" + status];

    /// <summary>The look of a state: that of a month which is paid, on review or overdue.</summary>
    public static (string Class, string Icon, Severity Severity) Look(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => ("s-paid", Shared.Icons.UseIn(Shared.Icons.Paid), Severity.Success),
        HealthStatus.Degraded => ("s-pending", Shared.Icons.UseIn(Shared.Icons.Alert), Severity.Warning),
        _ => ("s-overdue", Shared.Icons.UseIn(Shared.Icons.Overdue), Severity.Error),
    };

    /// <summary>«12 МБ», «1,4 ГБ»</summary>
    public string Size(long bytes) => bytes < Gigabyte
        ? texts["Megabytes", Wording.Number((bytes + Megabyte - 1) / Megabyte)]
        : texts["Gigabytes", ((double)bytes / Gigabyte).ToString(bytes < 10 * Gigabyte ? "0.#" : "0", CultureInfo.CurrentCulture)];

    private static string KeyOf(string name) => string.Concat(name.Split('-').Select(Wording.Begin));
}
