using Diaspora.Domain.Kaspi;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Writer;
using static Diaspora.Tests.Kaspi.StatementMonths;

namespace Diaspora.Tests.Kaspi;

/// <summary>The PDF of a Gold card, in both layouts and three languages.</summary>
public sealed class GoldStatementTests
{
    public static TheoryData<bool, GoldLanguage> Layouts => new() { { true, GoldLanguage.Russian }, { true, GoldLanguage.Kazakh }, { true, GoldLanguage.English }, { false, GoldLanguage.Russian }, { false, GoldLanguage.Kazakh }, { false, GoldLanguage.English } };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Read_EachLayoutAndLanguage_GivesTheSameLines(bool isNew, GoldLanguage language)
    {
        var statement = Statement(new GoldFile { IsNew = isNew, Language = language, IsOverprinted = true }.Draw(Small));

        Assert.Equal(StatementFormat.GoldPdf, statement.Format);
        Assert.Equal("*0475", statement.Account);
        Assert.Equal((new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30)), (statement.From, statement.To));
        Assert.Equal(2_600_000, statement.StatedIncomingTiyn);
        Assert.Equal(statement.StatedIncomingTiyn, statement.IncomingTiyn);
        Assert.Equal(["Ілияс Ғ.", "", "ФАРИД Г.", "ФАРИД Г.", "Əсем О."], statement.Lines.Select(line => line.Payer));
        Assert.Equal([LineKind.Incoming, LineKind.Outgoing, LineKind.Incoming, LineKind.Incoming, LineKind.Incoming], statement.Lines.Select(line => line.Kind));
        Assert.Equal([1_200_000, 150_000, 600_000, 600_000, 200_000], statement.Lines.Select(line => line.Tiyn));
    }

    /// <summary>Operations of two rows, details of several, another currency, and money that is nobody's due.</summary>
    [Fact]
    public void Read_OperationsOfAllKinds_AreToldApart()
    {
        var day = new DateOnly(2026, 11, 3);
        IReadOnlyList<StatementEntry> month =
        [
            new(day, new(20, 0), 1_000_000, "С Kaspi Депозита", As: GoldKind.FromOwn),
            new(day, new(19, 0), -500_000, "Оплата Kaspi Кредита", As: GoldKind.ToOwn),
            new(day, new(18, 0), 7_000_000, "Kaspi Кредит", As: GoldKind.Credit),
            new(day, new(17, 0), -1_109_517, "ANTHROPIC* CLAUDE SUB и ещё очень длинное название магазина", As: GoldKind.Purchase, Foreign: "- 23,20 USD"),
            new(day, new(16, 0), 45_000, "MAGNUM", As: GoldKind.Purchase),
            new(day, new(15, 0), 200_000, "С карты другого банка"),
            new(day, new(14, 0), 300_000, "В Kaspi Банкомате"),
            new(day, new(13, 0), -200_000, "Фарид Г.", As: GoldKind.TopUp),
            new(day, new(12, 0), 600_000, "по номеру счета ТОО Нарва"),
            new(day, new(11, 0), 600_000, "Фарид Г."),
        ];

        var statement = Statement(StatementFiles.Gold(month));

        Assert.Equal(
            [LineKind.NotOurs, LineKind.Outgoing, LineKind.NotOurs, LineKind.Outgoing, LineKind.Refund, LineKind.Incoming, LineKind.NotOurs, LineKind.Refund, LineKind.Incoming, LineKind.Incoming],
            statement.Lines.Select(line => line.Kind));
        Assert.Equal(["", "", "", "", "", "", "", "", "ТОО Нарва", "Фарид Г."], statement.Lines.Select(line => line.Payer));
        Assert.Equal("С карты другого банка", statement.Lines[5].Message);
        Assert.Equal("ANTHROPIC* CLAUDE SUB и ещё очень длинное название магазина", statement.Lines[3].Message);
        Assert.Contains("(- 23,20 USD)", statement.Lines[3].Raw, StringComparison.Ordinal);
        Assert.Equal(statement.StatedIncomingTiyn, statement.IncomingTiyn);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(311)]
    [InlineData(316)]
    public void Read_DetailsFurtherLeftThanTheirHead_AreTheSame(double left) =>
        Assert.Equal(["Ілияс Ғ.", "", "ФАРИД Г.", "ФАРИД Г.", "Əсем О."], Statement(new GoldFile { Details = left }.Draw(Small)).Lines.Select(line => line.Payer));

    [Fact]
    public void Read_ThreeThousandLines_GivesEachOnce()
    {
        var month = Of(3000);

        var statement = Statement(StatementFiles.Gold(month));

        Assert.Equal(month.Where(entry => entry.Tiyn > 0).GroupBy(entry => (entry.On, entry.Payer.Replace('Ә', 'Ə'), entry.Tiyn)).ToDictionary(group => group.Key, group => group.Count()),
            statement.Lines.Where(line => line.Kind == LineKind.Incoming).GroupBy(line => (line.On, line.Payer, line.Tiyn)).ToDictionary(group => group.Key, group => group.Count()));
        Assert.Equal(Enumerable.Range(1, 3000), statement.Lines.Select(line => line.Number));
    }

    /// <summary>Wherever the page ends, within an operation or its details.</summary>
    [Fact]
    public void Read_RowsContinuedOverAPage_AreWhole()
    {
        foreach (var above in Enumerable.Range(20, 24))
        {
            IReadOnlyList<StatementEntry> month =
            [
                .. Of(above).Select(entry => entry with { On = new DateOnly(2026, 11, 30) }),
                new(new DateOnly(2026, 11, 2), new(9, 0), 100_000, "С Kaspi Депозита, который называется длиннее одной строки", As: GoldKind.FromOwn),
                new(new DateOnly(2026, 11, 1), new(9, 0), 100_000, "Фарид Г."),
            ];

            var lines = Statement(StatementFiles.Gold(month)).Lines;

            Assert.Equal("Фарид Г.", lines[^1].Payer);
            Assert.Equal((LineKind.NotOurs, "С Kaspi Депозита, который называется длиннее одной строки"), (lines[^2].Kind, lines[^2].Message));
        }
    }

    public static TheoryData<string, string, byte[]> Bad => new()
    {
        { "a total that is not met", Problems.StatementTotalsDiffer, new GoldFile { WrongTopUps = 200_000 }.Draw(Small) },
        { "a balance that is not met", Problems.StatementBalanceDiffers, new GoldFile { WrongClosing = -100 }.Draw(Small) },
        { "the same, in the old layout", Problems.StatementBalanceDiffers, new GoldFile { WrongClosing = -100, IsNew = false }.Draw(Small) },
        { "a page missing", Problems.StatementTotalsDiffer, new GoldFile { WithoutPage = 3 }.Draw(Of(200)) },
        { "the first page missing", Problems.StatementHeadMissing, new GoldFile { WithoutPage = 2 }.Draw(Of(200)) },
        { "two cards", Problems.StatementTwoAccounts, new GoldFile { OtherCard = "*1111" }.Draw(Small) },
        { "two statements", Problems.StatementTwoAccounts, Joined(StatementFiles.Gold(Small), new GoldFile { Card = "*1111" }.Draw(Small)) },
        { "an operation nobody knows", Problems.StatementRowUnknown, new GoldFile { Unknown = "Чудо" }.Draw(Small) },
        { "a photo", Problems.StatementNoText, Pages("") },
        { "some other PDF", Problems.StatementUnknown, Pages("Договор аренды помещения от 01.11.26, сторона первая") },
        { "a password", Problems.StatementEncrypted, Locked },
        { "the first half of it", Problems.StatementDamaged, StatementFiles.Gold(Small)[..^6000] },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void Read_AStatementThatIsNotWhole_IsRefusedWithItsOwnSentence(string what, string problem, byte[] file)
    {
        var refusal = Refusal(file);

        Assert.True(problem == refusal.Code, $"{what}: {refusal}");
    }

    [Fact]
    public void Read_ATotalThatIsNotMet_NamesBothFigures() => Assert.Equal([new Money(26_000), new Money(28_000)], Refusal(new GoldFile { WrongTopUps = 200_000 }.Draw(Small)).Args);

    /// <summary>The password of a user: nobody can read it without. What it would unlock does not matter.</summary>
    private static byte[] Locked => System.Text.Encoding.Latin1.GetBytes(
        System.Text.Encoding.Latin1.GetString(StatementFiles.Gold(Small)).Replace("trailer\n<<", $"trailer\n<< /Encrypt << /Filter /Standard /V 1 /R 2 /O <{new string('1', 64)}> /U <{new string('2', 64)}> /P -44 >> /ID [<00><00>]", StringComparison.Ordinal));

    private static byte[] Pages(string text)
    {
        using var document = new PdfDocumentBuilder();
        var font = document.AddTrueTypeFont(File.ReadAllBytes("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"));
        var page = document.AddPage(PageSize.A4);
        page.DrawRectangle(new PdfPoint(100, 100), 200, 300);
        if (text.Length > 0)
        {
            page.AddText(text, 9, new PdfPoint(51, 700), font);
        }

        return document.Build();
    }

    private static byte[] Joined(params IReadOnlyList<byte[]> files) => UglyToad.PdfPig.Writer.PdfMerger.Merge(files);
}
