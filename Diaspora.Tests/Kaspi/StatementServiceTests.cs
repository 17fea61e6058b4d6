using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Kaspi;

/// <summary>Statements: staged, booked, taken back; and tables that are named once.</summary>
public sealed class StatementServiceTests : IAsyncLifetime
{
    private static readonly TableColumns Columns = new(1, 0, Sum: 2, Payer: 1);
    private static readonly UnnamedTable Table = new("когда|кто|сколько", [new TableRow(1, ["Когда", "Кто", "Сколько"])], null);

    private TestDatabase _database = null!;
    private Actor _cashier = null!;

    private StatementService Service => _database.Get<StatementService>();

    private StatementTableService Tables => _database.Get<StatementTableService>();

    public async ValueTask InitializeAsync()
    {
        _database = new TestDatabase();
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Book_AStatementThatOverlaps_AddsOnlyWhatIsNew()
    {
        var first = await StageAsync(1, 2, 3);
        Assert.Equal(3, await Service.BookAsync(_cashier, first));
        Assert.Equal(3, await Service.BookAsync(_cashier, first));

        var second = await StageAsync(2, 3, 4);
        var details = await Service.StatementAsync(_cashier, second);
        Assert.Equal((2, 4), (details.Known, Assert.Single(details.New).Number));
        Assert.Equal(1, await Service.BookAsync(_cashier, second));
        Assert.Equal(4, (await _database.Get<EvidenceService>().PageAsync(_cashier, new EvidenceFilter())).Counts.All);
    }

    [Fact]
    public async Task Undo_WithALineThatIsUsed_SaysHowMany_AndWithoutTakesAllBack()
    {
        var statement = await StageAsync(1, 2);
        await Service.BookAsync(_cashier, statement);
        var member = await _database.AddAsync("Алиев Рашад");
        var line = (await _database.Get<EvidenceService>().PageAsync(_cashier, new EvidenceFilter(statement))).Rows.Items[0];
        var match = await _database.Get<EvidenceService>().MatchAsync(_cashier, line.Id, new MatchTarget(null, member.MemberId!.Value));

        var refused = await PaymentSetup.RefusedAsync(() => Service.UndoAsync(_cashier, statement));
        Assert.Equal((Problems.StatementUsed, 1), (refused.Code, refused.Args[0]));

        await _database.Get<EvidenceService>().UndoAsync(_cashier, match);
        await Service.UndoAsync(_cashier, statement);
        Assert.Equal(0, (await _database.Get<EvidenceService>().PageAsync(_cashier, new EvidenceFilter())).Counts.All);
        Assert.Equal(2, (await Service.StatementAsync(_cashier, await StageAsync(1, 2))).New.Count);
    }

    [Fact]
    public async Task Undo_WithLinesThatAnotherStatementHasToo_LeavesThemToThatOne()
    {
        var (first, second, third) = (await StageAsync(1, 2, 3), await StageAsync(2, 3, 4), await StageAsync(3, 4));
        await Service.BookAsync(_cashier, first);
        await Service.BookAsync(_cashier, second);
        await Service.BookAsync(_cashier, third);
        var member = await _database.AddAsync("Алиев Рашад");
        var shared = (await LinesAsync(first)).Single(row => row.Operation == "77002");
        await _database.Get<EvidenceService>().MatchAsync(_cashier, shared.Id, new MatchTarget(null, member.MemberId!.Value));

        // The one that is matched is no obstacle: it is the other's.
        await Service.UndoAsync(_cashier, first);

        Assert.Empty(await LinesAsync(first));
        Assert.Equal(["77002", "77003", "77004"], (await LinesAsync(second)).Select(row => row.Operation));
        Assert.Equal(EvidenceState.Matched, (await LinesAsync(second)).Single(row => row.Id == shared.Id).State);
        Assert.Equal((3, 3), ((await Service.StatementAsync(_cashier, second)).NewCount, (await AllAsync()).Count));

        // What it was given it hands on in its turn; what nobody else has goes.
        var match = (await LinesAsync(second)).Single(row => row.Id == shared.Id).Match!;
        await _database.Get<EvidenceService>().UndoAsync(_cashier, match.Id);
        await Service.UndoAsync(_cashier, second);
        Assert.Equal(["77003", "77004"], (await LinesAsync(third)).Select(row => row.Operation));
        Assert.Equal(2, (await AllAsync()).Count);
        await Service.UndoAsync(_cashier, third);
        Assert.Empty(await AllAsync());

        Task<IReadOnlyList<EvidenceRow>> AllAsync() => LinesAsync(null);
        async Task<IReadOnlyList<EvidenceRow>> LinesAsync(Guid? statement) => (await _database.Get<EvidenceService>().PageAsync(_cashier, new EvidenceFilter(statement))).Rows.Items;
    }

    [Fact]
    public async Task Undo_BeforeItIsBooked_ThrowsItAway()
    {
        var statement = await StageAsync(1, 2);
        await Service.UndoAsync(_cashier, statement);

        var details = await Service.StatementAsync(_cashier, statement);
        Assert.Equal((StatementState.Undone, 0), (details.State, details.New.Count));
        Assert.Equal(Problems.StatementBooked, (await PaymentSetup.RefusedAsync(() => Service.BookAsync(_cashier, statement))).Code);
    }

    [Fact]
    public async Task Name_TheColumnsOfATable_ReadsIt_AndRemembersThemByItsHead()
    {
        var id = await Tables.StageAsync(_cashier, "наша.csv", "a.bin", new string('0', 64), Table);
        Assert.Equal(StatementState.Unnamed, Assert.Single(await Service.ListAsync(_cashier)).State);
        Assert.Equal("Кто", (await Tables.TableAsync(_cashier, id)).Table.Rows[0].Cells[1]);
        Assert.Null(await Tables.ColumnsAsync(_cashier, Table.Head));

        await Tables.NameAsync(_cashier, id, Columns, Read(StatementFormat.Table, 1, 2));
        await Tables.NameAsync(_cashier, id, Columns, Read(StatementFormat.Table, 1, 2));

        Assert.Equal(Columns, await Tables.ColumnsAsync(_cashier, Table.Head));
        Assert.Equal(StatementState.Staged, (await Service.StatementAsync(_cashier, id)).State);
        await PaymentSetup.NotFoundAsync(() => Tables.TableAsync(_cashier, id));
        Assert.Equal(2, await Service.BookAsync(_cashier, id));
    }

    private Task<Guid> StageAsync(params int[] numbers) => Service.StageAsync(_cashier, "март.csv", "a.bin", new string('0', 64), Read(StatementFormat.PayReport, numbers));

    private static ReadStatement Read(StatementFormat format, params int[] numbers)
    {
        var day = new DateOnly(2026, 3, 8);
        return new ReadStatement(format, "061240001234", day, day, [.. numbers.Select(number => new StatementLine(number, day, null, LineKind.Incoming, 200_000, "Фарид Г.", "", $"7700{number}", $"line {number}"))], null);
    }
}
