using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Shared.Live;

/// <summary>
/// A part of a live page that is drawn again only when what it shows has changed. Blazor draws every part that is given more than texts and numbers each time
/// its page is drawn, and a live page is drawn for whatever happens anywhere in it.
/// </summary>
public abstract class Still : ComponentBase
{
    private object? _drawn;

    /// <summary>All that the part shows, as one value that can be compared.</summary>
    protected abstract object Shown { get; }

    protected override void OnInitialized() => _drawn = Shown;

    protected override bool ShouldRender()
    {
        var shown = Shown;
        if (shown.Equals(_drawn))
        {
            return false;
        }

        _drawn = shown;
        return true;
    }
}
