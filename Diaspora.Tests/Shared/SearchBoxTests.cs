using Bunit;
using Diaspora.Web.Shared.Fields;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace Diaspora.Tests.Shared;

/// <summary>A search lives in the address, which comes back a round trip after it was typed.</summary>
public sealed class SearchBoxTests : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly BunitContext _context = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly List<string?> _asked = [];
    private readonly IRenderedComponent<SearchBox> _box;

    public SearchBoxTests()
    {
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.Services.AddSingleton<TimeProvider>(_clock);
        _context.Services.AddMudServices();
        _box = _context.Render<SearchBox>(box => box.Add(it => it.Label, "Поиск").Add(it => it.OnSearch, text => _asked.Add(text)));
    }

    [Fact]
    public async Task Come_TheAddressOfAnEarlierLetter_LeavesTheLaterOnes()
    {
        await TypeAsync("Мам");
        Come(null);
        await TypeAsync("Мамед");
        Come("Мам");
        Assert.Equal("Мамед", Shown);
        Come("Мамед");

        Assert.Equal("Мамед", Shown);
        Assert.Equal(["Мам", "Мамед"], _asked);
    }

    [Fact]
    public async Task Come_AnAddressFromElsewhere_IsShown()
    {
        await TypeAsync("Мам");
        Come("Мам");
        Come("Алиев");
        Assert.Equal("Алиев", Shown);
        Come(null);
        Assert.Equal("", Shown);
        Come("Мам");

        Assert.Equal("Мам", Shown);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private string Shown => _box.Find("input").GetAttribute("value") ?? "";

    private void Come(string? value) => _box.Render(box => box.Add(it => it.Value, value));

    private async Task TypeAsync(string text)
    {
        await _box.Find("input").InputAsync(new Microsoft.AspNetCore.Components.ChangeEventArgs { Value = text });
        _clock.Advance(Pause);
        await _box.InvokeAsync(() => Assert.Equal(text, _asked[^1]));
    }
}
