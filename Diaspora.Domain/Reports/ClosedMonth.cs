using System.Text.Json;

namespace Diaspora.Domain.Reports;

/// <summary>
/// The figures of a month as they were when it closed: what the board was told stays so. What comes later is a correction beside it. Never changed and never deleted.
/// </summary>
public sealed class ClosedMonth
{
    /// <summary>So many days after its last one a month closes: by then the cashier has looked at what was claimed in it.</summary>
    public const int AfterDays = 10;

    private static readonly JsonSerializerOptions Json = new() { IgnoreReadOnlyProperties = true };

    private ClosedMonth()
    {
    }

    public ClosedMonth(MonthSummary summary, DateTime now)
    {
        Month = summary.Month;
        FiguresJson = JsonSerializer.Serialize(summary, Json);
        ClosedAt = now;
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Period Month { get; private set; }

    public string FiguresJson { get; private set; } = "";

    public DateTime ClosedAt { get; private set; }

    public MonthSummary Summary => JsonSerializer.Deserialize<MonthSummary>(FiguresJson, Json)!;

    /// <summary>The last month that is closed on this day.</summary>
    public static Period LastOn(DateOnly today) => Period.Of(today.AddDays(-AfterDays)).Previous;
}
