using Microsoft.JSInterop;

namespace Diaspora.Web.Shared.Live;

/// <summary>
/// What is chosen on a page is in its address, so a reload and Back find it. The circuit knows an address only a round trip after the browser: reckoned here, a quick
/// second choice would lose the first, and a page that was left meanwhile would come back. So the browser is told what to change. Null takes a value out, and nothing
/// happens on another page than the named one. Nobody waits for it; a lost copy is no fault.
/// </summary>
public static class ChosenInAddress
{
    /// <summary>A copy of what the page knows. The circuit does not hear of it: a change of the address closes dialogs, and one may have been opened since.</summary>
    public static void KeepInAddress(this IJSRuntime browser, string page, Dictionary<string, object?> chosen) => Change(browser, page, chosen, isTold: false);

    /// <summary>The page reads its choice from the address.</summary>
    public static void GoInAddress(this IJSRuntime browser, string page, Dictionary<string, object?> chosen) => Change(browser, page, chosen, isTold: true);

    private static void Change(IJSRuntime browser, string page, Dictionary<string, object?> chosen, bool isTold) =>
        _ = browser.InvokeVoidAsync("portal.inAddress", page, chosen, isTold).AsTask();
}
