using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Statements;

namespace Diaspora.Tests.Kaspi;

/// <summary>The PDF of a Gold card, in both layouts and three languages.</summary>
public sealed class GoldStatementTests
{
    private static readonly IReadOnlyList<StatementEntry> Month =
    [
        StatementEntry.Of("2026-11-01", "10:00", 2000, "Əсем О."),
        StatementEntry.Of("2026-11-02", "11:00", 6000, "ФАРИД Г."),
        StatementEntry.Of("2026-11-02", "11:00", 6000, "ФАРИД Г."),
        StatementEntry.Of("2026-11-05", "12:00", -1500, "Гүлнар Ш."),
        StatementEntry.Of("2026-11-30", "23:59", 12_000, "Ілияс Ғ."),
    ];

    public static TheoryData<bool, GoldLanguage> Layouts => new() { { true, GoldLanguage.Russian }, { true, GoldLanguage.Kazakh }, { true, GoldLanguage.English }, { false, GoldLanguage.Russian }, { false, GoldLanguage.Kazakh }, { false, GoldLanguage.English } };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Read_EachLayoutAndLanguage_GivesTheSameLines(bool isNew, GoldLanguage language)
    {
        var statement = Read(new GoldFile { IsNew = isNew, Language = language, IsOverprinted = true }.Draw(Month));

        Assert.Equal(StatementFormat.GoldPdf, statement.Format);
        Assert.Equal("*0475", statement.Account);
        Assert.Equal((new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30)), (statement.From, statement.To));
        Assert.Equal(2_600_000, statement.StatedIncomingTiyn);
        Assert.Equal(statement.StatedIncomingTiyn, statement.IncomingTiyn);
        Assert.Equal(["Ілияс Ғ.", "", "ФАРИД Г.", "ФАРИД Г.", "Əсем О."], statement.Lines.Select(line => line.Payer));
        Assert.Equal([LineKind.Incoming, LineKind.Outgoing, LineKind.Incoming, LineKind.Incoming, LineKind.Incoming], statement.Lines.Select(line => line.Kind));
        Assert.Equal([1_200_000, 150_000, 600_000, 600_000, 200_000], statement.Lines.Select(line => line.Tiyn));
    }

    private static ReadStatement Read(byte[] file) => StatementReader.Read(file, null, TestContext.Current.CancellationToken).Statement!;
}
