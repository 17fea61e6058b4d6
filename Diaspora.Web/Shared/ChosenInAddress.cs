using Microsoft.JSInterop;

namespace Diaspora.Web.Shared;

/// <summary>What is chosen on a page is copied into its address, so a reload and Back find it.</summary>
public static class ChosenInAddress
{
    /// <summary>
    /// The circuit knows an address only a round trip after the browser: reckoned here, a quick second choice would lose the first, and a page that was
    /// left meanwhile would come back. So the browser is told what to change. Null takes a value out, and nothing happens on another page than this one. Nobody waits for it; a lost copy is no fault.
    /// </summary>
    public static void KeepInAddress(this IJSRuntime browser, string page, Dictionary<string, object?> chosen) =>
        _ = browser.InvokeVoidAsync("portal.inAddress", page, chosen).AsTask();
}
