using System.Globalization;
using Bunit;
using Diaspora.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace Diaspora.Tests.Shared;

/// <summary>From page to page by links: a middle click opens the next one beside it, and none needs a circuit.</summary>
public sealed class PagerTests : IAsyncDisposable
{
    private readonly (CultureInfo Culture, CultureInfo Ui) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext _context = new();

    public PagerTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.Services.AddLocalization().AddLogging().AddMudServices();
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
        await _context.DisposeAsync();
    }

    [Theory]
    [InlineData(1, "1–50 из 120", "next: /list?page=2")]
    [InlineData(2, "51–100 из 120", "prev: /list?page=1, next: /list?page=3")]
    [InlineData(3, "101–120 из 120", "prev: /list?page=2")]
    [InlineData(99, "101–120 из 120", "prev: /list?page=2")]
    public void Open_APage_LeadsToThoseBesideItByLinks(int number, string shown, string links)
    {
        var pager = Pager(number, 120);

        Assert.Equal(shown, pager.Find("nav > span").TextContent);
        Assert.Equal(links, string.Join(", ", pager.FindAll("a").Select(link => $"{link.GetAttribute("rel")}: {link.GetAttribute("href")}")));
        Assert.Equal(["Предыдущая страница", "Следующая страница"], pager.FindAll("nav > [aria-label]").Select(part => part.GetAttribute("aria-label")));
    }

    [Fact]
    public void Open_AllOnOnePage_IsNotThere() => Assert.Empty(Pager(1, 50).FindAll("nav"));

    private IRenderedComponent<Pager> Pager(int number, int total) => _context.Render<Pager>(pager => pager
        .Add(it => it.Number, number).Add(it => it.Size, 50).Add(it => it.Total, total).Add(it => it.Url, wanted => $"/list?page={wanted}"));
}
