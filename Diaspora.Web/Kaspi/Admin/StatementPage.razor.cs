using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Web.Kaspi.Admin.Lines;
using Diaspora.Web.Kaspi.Admin.Upload;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Kaspi.Admin;

/// <summary>One statement: what stands in it before it is booked, its columns where nobody knows them, its lines afterwards.</summary>
public sealed partial class StatementPage
{
    private readonly Reading reading = new();
    private readonly Press press = new();
    private readonly Press naming = new();
    private StatementDetails? details;
    private UnnamedTable? table;
    private LineQuery query = default!;

    [Inject] private CurrentActor Actor { get; set; } = default!;

    [Inject] private IReceiptFiles Files { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private StatementService Statements { get; set; } = default!;

    [Inject] private StatementTableService Tables { get; set; } = default!;

    [Inject] private StatementTurn Turn { get; set; } = default!;

    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "show")] private string? Show { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "q")] private string? Search { get; set => field = value.Visible(); }

    [SupplyParameterFromQuery(Name = "page")] private string? Number { get; set => field = value.Visible(); }

    protected override async Task OnParametersSetAsync()
    {
        query = LineQuery.Parse(Id, Show, Search, Number);
        if (details?.Id != Id)
        {
            await ReadAsync();
        }
    }

    private Task ReadAsync() => reading.ReadAsync(
        async () =>
        {
            var actor = await Actor.GetAsync();
            var read = await Statements.StatementAsync(actor, Id);
            return (Details: read, Table: read.State == StatementState.Unnamed ? (await Tables.TableAsync(actor, Id)).Table : null);
        },
        read => (details, table) = read,
        Navigation.NotFound);

    private Task BookAsync() => PressAsync(async () => await Statements.BookAsync(await Actor.GetAsync(), Id));

    private Task UndoAsync() => PressAsync(async () => await Statements.UndoAsync(await Actor.GetAsync(), Id));

    private async Task PressAsync(Func<Task> act)
    {
        await press.DoAsync(act, refused: _ => ReadAsync());
        await ReadAsync();
    }

    /// <summary>Reads the file that is kept once more, by what was said of its columns.</summary>
    private async Task NameAsync(TableColumns columns)
    {
        var done = await naming.DoAsync(async () =>
        {
            var actor = await Actor.GetAsync();
            var (_, storedName) = await Tables.TableAsync(actor, Id);
            var read = await Turn.ReadAsync(
                async stop =>
                {
                    await using var content = Files.Open(storedName);
                    using var bytes = new MemoryStream();
                    await content.CopyToAsync(bytes, stop);
                    return bytes.ToArray();
                },
                (file, stop) => StatementTurn.ReadAsync(file, columns, stop),
                CancellationToken.None);
            await Tables.NameAsync(actor, Id, columns, read.Statement ?? throw new DomainException(Problems.StatementColumnsUnclear));
        });
        if (done)
        {
            await ReadAsync();
        }
    }
}
