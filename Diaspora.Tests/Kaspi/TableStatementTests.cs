using System.Text;
using Diaspora.Domain.Kaspi;
using static Diaspora.Tests.Kaspi.StatementMonths;

namespace Diaspora.Tests.Kaspi;

/// <summary>The report of Kaspi Pay, the 1C file, and tables that nobody knows.</summary>
public sealed class TableStatementTests
{
    public static TheoryData<string, byte[]> Reports => new()
    {
        { "workbook of text", StatementFiles.PayXlsx(Small) },
        { "workbook of values", StatementFiles.PayXlsx(Small, isTyped: true) },
        { "semicolon", StatementFiles.PayCsv(Small) },
        { "comma", StatementFiles.PayCsv(Small, ',') },
        { "tab", StatementFiles.PayCsv(Small, '\t') },
        { "cp1251", StatementFiles.PayCsv(InCyrillic, ';', StatementFiles.Cyrillic) },
    };

    private static IReadOnlyList<StatementEntry> InCyrillic { get; } = [.. Small.Select(entry => entry with { Payer = entry.Payer.Replace('Ə', 'А').Replace('І', 'И').Replace('Ғ', 'Г').Replace('ү', 'у') })];

    [Theory]
    [MemberData(nameof(Reports), DisableDiscoveryEnumeration = true)]
    public void Read_AKaspiPayReport_GivesItsLines(string what, byte[] file)
    {
        var statement = Statement(file);

        Assert.True(statement.Format == StatementFormat.PayReport, what);
        Assert.Equal("061240001234", statement.Account);
        Assert.Equal((new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30)), (statement.From, statement.To));
        Assert.Equal([LineKind.Incoming, LineKind.Incoming, LineKind.Incoming, LineKind.Refund, LineKind.Incoming], statement.Lines.Select(line => line.Kind));
        Assert.Equal(Small.Select(entry => (entry.On, (TimeOnly?)entry.At, Math.Abs(entry.Tiyn), entry.Message, entry.Operation)), statement.Lines.Select(line => (line.On, line.At, line.Tiyn, line.Message, line.Operation ?? "")));
    }

    [Fact]
    public void Read_AReportWithAnOperationOfAnotherKind_IsRefusedWithItsRow()
    {
        var file = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(StatementFiles.PayCsv(Small)).Replace("Возврат", "Рассрочка", StringComparison.Ordinal));

        Assert.Equal((Problems.StatementRowUnknown, 8), (Refusal(file).Code, (int)Refusal(file).Args[0]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_A1CFile_GivesItsLines(bool isCyrillic)
    {
        IReadOnlyList<StatementEntry> month =
        [
            .. isCyrillic ? InCyrillic : Small,
            StatementEntry.Of("2026-11-29", "18:00", 55_000, "АО «Kaspi Bank»", "Продажи с Kaspi.kz за 29/11/2026\nрасчёт=полный, без НДС", "77"),
        ];

        var statement = Statement(StatementFiles.OneC(month, isCyrillic ? StatementFiles.Cyrillic : null));

        Assert.Equal((StatementFormat.OneC, "KZ28722C000012345678", 8_100_000L), (statement.Format, statement.Account, statement.StatedIncomingTiyn));
        Assert.Equal([LineKind.Incoming, LineKind.Incoming, LineKind.Incoming, LineKind.Refund, LineKind.Incoming, LineKind.NotOurs], statement.Lines.Select(line => line.Kind));
        Assert.Equal("Продажи с Kaspi.kz за 29/11/2026 расчёт=полный, без НДС", statement.Lines[5].Message);
        Assert.Equal(month.Select(entry => entry.Tiyn > 0 ? entry.Payer : ""), statement.Lines.Select(line => line.Payer));
        Assert.Equal(month.Select(entry => (TimeOnly?)entry.At), statement.Lines.Select(line => line.At));
    }

    public static TheoryData<string, byte[]> Wrong1C => new()
    {
        { Problems.StatementTotalsDiffer, StatementFiles.OneC(Small, wrongTotal: 200_000) },
        { Problems.StatementBalanceDiffers, StatementFiles.OneC(Small, wrongClosing: 100) },
        { Problems.StatementTwoAccounts, StatementFiles.OneC(Small, otherAccount: "KZ99722C000012340000") },
        { Problems.StatementDamaged, StatementFiles.OneC(Small)[..^300] },
        { Problems.StatementRowUnknown, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(StatementFiles.OneC(Small)).Replace("05.11.2026", "35.11.2026", StringComparison.Ordinal)) },
        { Problems.StatementEmpty, "1CClientBankExchange\nКонецФайла"u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(Wrong1C), DisableDiscoveryEnumeration = true)]
    public void Read_A1CFileThatIsNotWhole_IsRefused(string problem, byte[] file) => Assert.Equal(problem, Refusal(file).Code);

    [Fact]
    public void Read_ATableNobodyKnows_AsksForItsColumns()
    {
        var unnamed = Reading(StatementFiles.Table(Small)).Unnamed!;

        Assert.Equal("дата|время|сумма|плательщик|сообщение|номер операции", unnamed.Head);
        Assert.Equal(new TableColumns(1, 0, 1, 2, Payer: 3, Message: 4, Operation: 5), unnamed.Guess);
        Assert.Equal(Small.Count + 1, unnamed.Rows.Count);
    }

    [Theory]
    [InlineData("Дата;Время;Сумма;Плательщик;Сообщение;Номер операции")]
    [InlineData("Күні;Уақыты;Сомасы;Төлеуші;Хабарлама;Операция нөмірі")]
    [InlineData("Date;Time;Amount;Payer;Message;Transaction ID")]
    public void Read_ATableInEachLanguage_IsGuessed(string head)
    {
        var statement = Table(StatementFiles.Table(Small, head));

        Assert.Equal([200_000, 600_000, 600_000, 150_000, 1_200_000], statement.Lines.Select(line => line.Tiyn));
        Assert.Equal(LineKind.Outgoing, statement.Lines[3].Kind);
        Assert.Equal(Small.Select(entry => entry.Payer), statement.Lines.Select(line => line.Payer));
    }

    [Fact]
    public void Read_ColumnsNamedByHand_AreTakenAsNamed()
    {
        var file = StatementFiles.Table(Small, "а;б;в;г;д;е");

        Assert.Null(Reading(file).Unnamed!.Guess);
        Assert.Equal(Small.Select(entry => entry.Message), Statement(file, new TableColumns(1, 0, 1, 2, Payer: 3, Message: 4, Operation: 5)).Lines.Select(line => line.Message));
    }

    [Fact]
    public void Read_OneColumnForTwoThings_IsRefused() =>
        Assert.Equal(Problems.StatementColumnsUnclear, Refusal(StatementFiles.Table(Small), new TableColumns(1, 0, Sum: 0)).Code);

    [Fact]
    public void Read_TwoRowsOfHeads_AreReadTogether()
    {
        var file = Text("Выписка по счёту KZ28722C000012345678", ";Сумма;;", "Дата операции;Приход;Расход;Отправитель", "01.11.2026 10:15;6 000,00;;Фарид Г.", "02.11.2026;;1500;Связь", "03.11.2026;2 000,00 ₸;-;С Kaspi Депозита", "Итого;8 000,00;1 500,00;");

        var statement = Table(file);

        Assert.Equal("KZ28722C000012345678", statement.Account);
        Assert.Equal([(LineKind.Incoming, 600_000L), (LineKind.Outgoing, 150_000L), (LineKind.NotOurs, 200_000L)], statement.Lines.Select(line => (line.Kind, line.Tiyn)));
        Assert.Equal(new TimeOnly(10, 15), statement.Lines[0].At);
    }

    [Fact]
    public void Read_ATotalThatIsNotMet_IsRefusedWithBothFigures()
    {
        var problem = Assert.Throws<DomainException>(() => Table(Text("Дата;Сумма;Плательщик", "01.11.2026;6000;Фарид Г.", "Итого;8000;"))).Problem;

        Assert.Equal((Problems.StatementTotalsDiffer, new Money(6000), new Money(8000)), (problem.Code, problem.Args[0], problem.Args[1]));
    }

    [Theory]
    [InlineData("6 000,00", 600_000)]
    [InlineData("+ 2 000 ₸", 200_000)]
    [InlineData("2 000,50 тг.", 200_050)]
    [InlineData("2,000.00", 200_000)]
    [InlineData("1.234.567,89", 123_456_789)]
    [InlineData("2,000", 200_000)]
    [InlineData("1000000000", 100_000_000_000)]
    [InlineData("4511.9999999", 451_200)]
    public void Read_ASumAsText_IsThatSum(string text, long tiyn) =>
        Assert.Equal((LineKind.Incoming, tiyn), Table(Text("Дата;Сумма;Плательщик", $"01.11.2026;\"{text}\";Фарид Г.")).Lines.Select(line => (line.Kind, line.Tiyn)).Single());

    [Theory]
    [InlineData("-500")]
    [InlineData("(500,00)")]
    [InlineData("− 500 ₸")]
    public void Read_ANegativeSum_WentOut(string text) =>
        Assert.Equal((LineKind.Outgoing, 50_000L), Table(Text("Дата;Сумма;Плательщик", $"01.11.2026;\"{text}\";Фарид Г.")).Lines.Select(line => (line.Kind, line.Tiyn)).Single());

    [Theory]
    [InlineData("2.000")]
    [InlineData("много")]
    [InlineData("12 USD")]
    [InlineData("99999999999999999999")]
    [InlineData("1.2.3")]
    public void Read_ASumThatIsUnclear_RefusesTheFileWithItsRow(string text)
    {
        var problem = Assert.Throws<DomainException>(() => Table(Text("Дата;Сумма;Плательщик", $"01.11.2026;{text};Фарид Г."))).Problem;

        Assert.Equal((Problems.StatementRowUnknown, 2), (problem.Code, (int)problem.Args[0]));
    }

    [Fact]
    public void Read_NothingCame_IsNobodysDue() => Assert.Equal(LineKind.NotOurs, Table(Text("Дата;Сумма;Плательщик", "01.11.2026;0;Фарид Г.")).Lines[0].Kind);

    [Fact]
    public void Read_ARefundInATable_IsOne() => Assert.Equal(LineKind.Refund, Table(Text("Дата;Тип операции;Сумма;Плательщик", "01.11.2026;Возврат;2000;Фарид Г.")).Lines[0].Kind);

    public static TheoryData<string, byte[]> Strangers => new()
    {
        { Problems.StatementEmpty, [] },
        { Problems.StatementDamaged, [.. "PK\u0003\u0004"u8, .. new byte[100]] },
        { Problems.StatementUnknown, "words in\none column\n"u8.ToArray() },
        { Problems.StatementUnknown, [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0, 0, 0] },
        { Problems.StatementTooLarge, new byte[20 * 1024 * 1024 + 1] },
    };

    [Theory]
    [MemberData(nameof(Strangers), DisableDiscoveryEnumeration = true)]
    public void Read_AFileOfAnotherKind_IsRefused(string problem, byte[] file) => Assert.Equal(problem, Refusal(file).Code);

    [Fact]
    public void Read_AnEmptyTable_IsRefused() => Assert.Equal(Problems.StatementEmpty, Assert.Throws<DomainException>(() => Table(Text("Дата;Сумма;Плательщик"))).Problem.Code);

    private static byte[] Text(params string[] rows) => Encoding.UTF8.GetBytes(string.Join('\n', rows));
}
