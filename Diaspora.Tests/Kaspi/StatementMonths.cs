using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Statements;

namespace Diaspora.Tests.Kaspi;

/// <summary>Example months, and reading them.</summary>
public static class StatementMonths
{
    private static readonly string[] Payers = ["Əсем О.", "ФАРИД Г.", "Ілияс Ғ.", "Гүлнар Ш.", "Айгүн М.", "Aliyev R.", "Нармин Ә.", "Рашад Қ."];

    public static IReadOnlyList<StatementEntry> Small { get; } =
    [
        StatementEntry.Of("2026-11-01", "10:00", 2000, "Əсем О.", "за ноябрь 888590", "13458812001"),
        StatementEntry.Of("2026-11-02", "11:00", 6000, "ФАРИД Г.", "", "13458812002"),
        StatementEntry.Of("2026-11-02", "11:00", 6000, "ФАРИД Г.", "", "13458812003"),
        StatementEntry.Of("2026-11-05", "12:30", -1500, "Гүлнар Ш.", "возврат", "13458812004"),
        StatementEntry.Of("2026-11-30", "23:59", 12_000, "Ілияс Ғ.", "членский взнос", "13458812005"),
    ];

    public static IReadOnlyList<StatementEntry> Of(int count) =>
        [.. Enumerable.Range(0, count).Select(index => new StatementEntry(
            new DateOnly(2026, 11, 1 + index % 30), new TimeOnly(index / 60 % 24, index % 60), index % 50 == 7 ? -150_000 : 200_000 * (1 + index % 3), Payers[index % Payers.Length],
            index % 5 == 0 ? "" : $"взнос {100000 + index}", $"{13_458_800_000L + index}"))];

    public static StatementReading Reading(byte[] file, TableColumns? columns = null) => StatementReader.Read(file, columns, TestContext.Current.CancellationToken);

    public static ReadStatement Statement(byte[] file, TableColumns? columns = null) => Reading(file, columns).Statement ?? throw new InvalidOperationException("Its columns are not known.");

    /// <summary>Named as the portal guesses them.</summary>
    public static ReadStatement Table(byte[] file) => Statement(file, Reading(file).Unnamed!.Guess!);

    public static Problem Refusal(byte[] file, TableColumns? columns = null) => Assert.Throws<DomainException>(() => Reading(file, columns)).Problem;
}
