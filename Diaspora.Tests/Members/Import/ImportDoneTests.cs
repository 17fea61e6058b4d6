using System.Globalization;
using Bunit;
using Diaspora.Domain.Import;
using Diaspora.Web.Members.Import.Admin;
using Diaspora.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace Diaspora.Tests.Members.Import;

/// <summary>What the page of an import says when it is done with.</summary>
public sealed class ImportDoneTests : IAsyncDisposable
{
    private static readonly DateTime Booked = new(2026, 3, 8, 7, 0, 0, DateTimeKind.Utc);
    private readonly (CultureInfo Culture, CultureInfo Ui) before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext context = new();

    public ImportDoneTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        context.Services.AddMudServices();
        context.Services.AddLocalization().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(TimeZoneInfo.Utc).AddScoped<Wording>();
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        await context.DisposeAsync();
    }

    [Fact]
    public void Book_SomeRows_CountsWhatWasUnchangedApartFromWhatWasWrong()
    {
        Assert.Equal(
            ["Новых участников 2", "Изменено участников 1", "Оплат 9 · 18 000 ₸", "Строк без изменений 295", "Строк с ошибками 3", "Строк пропущено по вашему выбору 2"],
            Lines(new ImportTotals(2, 1, 300, 9, 18_000) { Unchanged = 295, Wrong = 3 }));
        Assert.Equal("Строк с ошибками 0", Lines(new ImportTotals(2, 1, 295, 9, 18_000) { Unchanged = 295, Wrong = 0 })[^1]);
    }

    [Fact]
    public void Book_BeforeTheyWereCountedApart_SaysOneFigure() => Assert.Equal("Строк не записано 300", Lines(new ImportTotals(2, 1, 300, 9, 18_000))[^1]);

    [Fact]
    public void Undo_AnImport_SaysThatItsTotalsAreNoMore()
    {
        var page = Open(new ImportTotals(2, 1, 300, 9, 18_000) { Unchanged = 295, Wrong = 3 }, ImportState.Undone);
        Assert.Equal("Записанного больше нет, отменено всё:", page.Find(".import-done p.muted").TextContent);
        Assert.Equal(3, page.FindAll("dl div").Count);
    }

    private string[] Lines(ImportTotals totals) =>
        [.. Open(totals, ImportState.Booked).FindAll("dl div").Select(line => $"{line.QuerySelector("dt")!.TextContent} {line.QuerySelector("dd")!.TextContent.Replace('\u00A0', ' ')}")];

    private IRenderedComponent<ImportDone> Open(ImportTotals totals, ImportState state) => context.Render<ImportDone>(it => it.Add(page => page.Details, new ImportDetails(
        Guid.NewGuid(), "участники.xlsx", state, 303, Booked, Booked, state == ImportState.Undone ? Booked : null, totals, [], [])));
}
