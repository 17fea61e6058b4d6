using Diaspora.Tests.Hosting;
using Microsoft.Playwright;

namespace Diaspora.Tests.Screens;

/// <summary>Whether a page has room for what is on it: on a narrow phone, with letters twice as large on a phone and on a laptop, on a phone that lies on its side, and for a thumb.</summary>
internal static class Fit
{
    private const int LargeLetters = 32;
    private static readonly (int Width, int Height) Narrow = (320, 700);
    private static readonly (int Width, int Height) OnItsSide = (844, 390);

    /// <summary>A page stays as loaded and changes its size only, so that all looks cost little. It is left at the size of a phone.</summary>
    public static async Task<IReadOnlyList<string>> MisfitsAsync(this IPage page, string look, bool isPhone)
    {
        List<string> misfits = [];
        (int Width, int Height, int Letters)[] looks = [(Narrow.Width, Narrow.Height, 16), (Chromium.Phone.Width, Chromium.Phone.Height, LargeLetters), (Chromium.Phone.Width, Chromium.Phone.Height, 16)];

        // The laptop's words are Kazakh, the longer ones; large letters do not make it a phone, as a zoomed page would be.
        foreach (var (width, height, letters) in isPhone ? looks : [(Chromium.Laptop.Width, Chromium.Laptop.Height, LargeLetters), .. looks])
        {
            await ShowAsync(page, width, height, letters);
            await page.KeepAsync($"{look} {width} {letters}px");
            misfits.AddRange((await page.EvaluateAsync<string[]>(Overflow)).Select(found => $"{look}, {width} px wide, letters of {letters} px: {found}"));
        }

        if (isPhone)
        {
            misfits.AddRange((await page.EvaluateAsync<string[]>(SmallTargets)).Select(found => $"{look}: {found}"));
        }

        await ShowAsync(page, OnItsSide.Width, OnItsSide.Height, 16);
        await page.KeepAsync($"{look} side");
        if (await page.EvaluateAsync<int>(Covered) is > 50 and var covered)
        {
            misfits.Add($"{look}: bars that stay cover {covered} % of a phone that lies on its side");
        }

        await ShowAsync(page, Chromium.Phone.Width, Chromium.Phone.Height, 16);
        return misfits;
    }

    /// <summary>As the page stands.</summary>
    public static async Task<IReadOnlyList<string>> BrokenWordsAsync(this IPage page) => [.. (await page.EvaluateAsync<string[]>(Overflow)).Where(found => found.StartsWith("breaks", StringComparison.Ordinal))];

    private static async Task ShowAsync(IPage page, int width, int height, int letters)
    {
        await page.SetViewportSizeAsync(width, height);
        await page.EvaluateAsync("async size => { document.documentElement.style.fontSize = size === 16 ? '' : size + 'px'; await new Promise(requestAnimationFrame); }", letters);
    }

    /// <summary>Sideways scrolling, with what causes it; words that are cut off where nothing scrolls; and, with letters of the usual size, words that break in the middle.</summary>
    private const string Overflow =
        """
        () => {
          const root = document.documentElement, found = [];
          const name = one => `<${one.tagName.toLowerCase()} class="${one.getAttribute("class") ?? ""}"> «${one.textContent.trim().replace(/\s+/g, " ").slice(0, 40)}»`;
          const hidden = one => { for (; one !== root; one = one.parentElement) if (getComputedStyle(one).clipPath === "inset(50%)") return true; return false; };
          const seen = one => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !hidden(one);
          const isLarge = parseFloat(getComputedStyle(root).fontSize) > 16;
          const scrolls = one => ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
          const cuts = one => ["hidden", "clip"].includes(getComputedStyle(one).overflowX);
          if (root.scrollWidth > root.clientWidth) {
            const wide = [...document.body.querySelectorAll("*")].filter(one => seen(one) && one.getBoundingClientRect().right > root.clientWidth + 1 && ![...one.children].some(child => child.getBoundingClientRect().right > root.clientWidth + 1));
            found.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth} px: ${wide.slice(0, 3).map(name).join(", ")}`);
          }
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let text = texts.nextNode(); text; text = texts.nextNode()) {
            const holder = text.parentElement;
            if (!text.data.trim() || holder.closest("script, style, noscript, svg, option, [hidden]") || !seen(holder)) continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            const box = range.getBoundingClientRect();
            if (box.width === 0) continue;
            for (let frame = holder; frame !== document.body && !scrolls(frame); frame = frame.parentElement) {
              const edge = frame.getBoundingClientRect();
              if (cuts(frame) && (box.right > edge.right + 1 || box.left < edge.left - 1)) { found.push(`cut off: ${name(holder)}`); break; }
              if (getComputedStyle(frame).position === "fixed") break;
            }
            for (const word of text.data.matchAll(/\p{L}{2,24}/gu)) {
              range.setStart(text, word.index);
              range.setEnd(text, word.index + word[0].length);
              if (/[\p{L}\d\/:@._\u00ad-]/u.test(text.data[word.index - 1] ?? " ") || /[\/:@_\u00ad-]/.test(text.data[word.index + word[0].length] ?? " ")) continue;
              const lines = new Set([...range.getClientRects()].filter(rect => rect.width > 0).map(rect => Math.round(rect.top)));
              if (lines.size > 1 && !isLarge) { found.push(`breaks «${word[0]}»: ${name(holder)}`); break; }
            }
          }
          return [...new Set(found)].slice(0, 8);
        }
        """;

    /// <summary>What a thumb is to hit is 48 px each way. A link in running text is as high as its line; lines keep apart what stands in them.</summary>
    private const string SmallTargets =
        """
        async () => {
          const least = 48, root = document.documentElement;
          const name = one => `<${one.tagName.toLowerCase()} class="${one.getAttribute("class") ?? ""}"> «${(one.getAttribute("aria-label") ?? one.textContent).trim().replace(/\s+/g, " ").slice(0, 30)}»`;
          const small = new Map();
          for (const target of document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden]), [role=button], [role=tab], [role=menuitem]")) {
            if (!target.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || target.matches(":disabled") || target.closest("[inert]")) continue;
            if (target.matches(".skip") || target.closest(".ah.in-bar")) continue;
            const area = target.matches("input, select, textarea") ? [target.closest("label"), ...(target.labels ?? []), target.closest(".in, .fin"), target] : [target];
            const box = area.filter(Boolean).map(one => one.getBoundingClientRect()).reduce((best, one) => one.height > best.height ? one : best);
            if (box.width < 2 || box.bottom < 0) continue;
            const style = getComputedStyle(target);
            const words = node => [...node.childNodes].some(child => child !== target && child.nodeType === 3 && child.data.trim().length > 1);
            if (style.display === "inline" && words(target.parentElement) && parseFloat(getComputedStyle(target.parentElement).lineHeight) >= 24) continue;
            const spread = ["::before", "::after"].some(part => { const own = getComputedStyle(target, part); return own.content !== "none" && own.position === "absolute" && parseFloat(own.height) >= least - .5; });
            if (spread || box.height >= least - .5 && box.width >= least - .5) continue;
            small.set(name(target), `${Math.round(box.width)}×${Math.round(box.height)} px to press: ${name(target)}`);
          }
          return [...small.values()].slice(0, 12);
        }
        """;

    /// <summary>How much of the height the bars at the edges take, in percent: at the top of the page, where its own bar is too, or in the middle, whichever is more.</summary>
    private const string Covered =
        """
        async () => {
          const stays = one => ["fixed", "sticky"].includes(getComputedStyle(one).position) || one.matches("header, .payhead");
          const isBar = one => { for (; one && one !== document.body; one = one.parentElement) if (stays(one) && one.offsetWidth > innerWidth / 2) return true; return false; };
          let most = 0;
          for (const top of [0, (document.documentElement.scrollHeight - innerHeight) / 2]) {
            scrollTo(0, top);
            await new Promise(requestAnimationFrame);
            let covered = 0;
            for (let y = 1; y < innerHeight; y += 2) if (isBar(document.elementFromPoint(innerWidth / 2, y))) covered += 2;
            most = Math.max(most, covered);
          }
          scrollTo(0, 0);
          return Math.round(100 * most / innerHeight);
        }
        """;

    /// <summary>With DIASPORA_SCREENS set to a folder the picture is kept there, to be looked at.</summary>
    public static async Task KeepAsync(this IPage page, string look)
    {
        if (Environment.GetEnvironmentVariable("DIASPORA_SCREENS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{look}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
        }
    }
}
