using System.Runtime.InteropServices;
using Microsoft.Playwright;

namespace Diaspora.Tests.Hosting;

/// <summary>One Chromium for all browser tests. Where there is none they skip and say so; on CI that is a failure.</summary>
public sealed class Chromium : IAsyncDisposable
{
    public static readonly (int Width, int Height) Phone = (390, 844);
    public static readonly (int Width, int Height) Laptop = (1440, 900);

    /// <summary>Milliseconds a step may take before it counts as failed: a machine that is busy with other tests is slow, not wrong.</summary>
    private const float Patience = 60_000;

    private static readonly string[] UsualPlaces =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/microsoft-edge",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>What the driver turns off; the last list given is the one that counts.</summary>
    private static readonly string[] WithoutByDriver =
    [
        "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "DialMediaRouteProvider", "GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter", "PaintHolding",
        "ThirdPartyStoragePartitioning", "BlockOriginHeaderModificationOnRedirect", "AvoidCorsURLLoaderRestartOnRedirect", "Translate", "AutoDeElevate", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    ];

    /// <summary>Pages of the browser's own beside each page of ours, for an address line that nobody sees, and a process kept ready: half of what it costs to open one.</summary>
    private static readonly string[] Without = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "SpareRendererForSitePerProcess"];

    /// <summary>Started by the first test that wants it: a run without browser tests starts none.</summary>
    private readonly Lazy<Task<IBrowser>> _browser;

    private IPlaywright? _playwright;

    public Chromium() => _browser = new(LaunchAsync);

    /// <summary>A browser of its own: its cookies are nobody else's.</summary>
    public async Task<IBrowserContext> OpenAsync(Uri address, (int Width, int Height) size, bool isDark = false, string? language = null, bool hasScripts = true, bool hasWorker = false)
    {
        var browser = await _browser.Value;
        var isPhone = size.Width < 600;
        // Neither a context nor a driver has a bound of its own.
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = size.Width, Height = size.Height },
            HasTouch = isPhone,
            IsMobile = isPhone,
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = hasScripts,

            // It would be fetched and set up for each of them, and nothing that passes through it can be stopped on its way.
            ServiceWorkers = hasWorker ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
            Locale = "ru-RU",
            TimezoneId = "Asia/Almaty",
        }).WaitAsync(TimeSpan.FromMilliseconds(Patience));
        context.SetDefaultTimeout(Patience);
        if (language is not null)
        {
            await context.AddCookiesAsync([Speaking(language, address)]);
        }

        return context;
    }

    /// <summary>The language somebody chose on an earlier visit.</summary>
    public static Cookie Speaking(string language, Uri address) =>
        new() { Name = ".AspNetCore.Culture", Value = Uri.EscapeDataString($"c={language}|uic={language}"), Url = address.ToString() };

    public async ValueTask DisposeAsync()
    {
        // A browser that does not answer any more is ended with its driver, and a driver with this process; nothing waits for them.
        if (_browser is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await AtMostAsync((await _browser.Value).DisposeAsync().AsTask());
        }

        await AtMostAsync(Task.Run(() => _playwright?.Dispose()));
    }

    private static Task AtMostAsync(Task closing) => Task.WhenAny(closing, Task.Delay(TimeSpan.FromSeconds(30)));

    private async Task<IBrowser> LaunchAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        try
        {
            _playwright = await Playwright.CreateAsync().WaitAsync(TimeSpan.FromMilliseconds(Patience));
            var path = Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } named ? named : UsualPlaces.FirstOrDefault(File.Exists);
            return await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                Args =
                [
                    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                    $"--disable-features={string.Join(',', [.. WithoutByDriver, .. Without])}",
                ],
            });
        }
        catch (PlaywrightException fault)
        {
            var missing = $"No Chromium here ({RuntimeInformation.OSDescription}): set CHROMIUM_PATH or install one. {fault.Message.Split('\n')[0]}";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", missing);
            throw new InvalidOperationException(missing, fault);
        }
    }
}
