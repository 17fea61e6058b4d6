using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Diaspora.Tests.Screens;

/// <summary>
/// axe in the page itself, asked for what is serious or critical and for nothing else: its own wrapper sends the script anew for each look,
/// opens a second page for the answer and lists all that is in order, which takes most of the time.
/// </summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>
    /// Of a long list axe is shown each line that has something no line before it has: another element, class, colour, role or state, or no
    /// words where the others have some. Fifty lines of one kind say nothing more than the first, and take it ten seconds.
    /// </summary>
    private const string HideRepeated =
        """
        const telling = /^(class|style|role|type|disabled|checked|aria-(?!label|describedby|controls|owns|details).*)$/;
        const said = each => `[${each.name}${telling.test(each.name) ? `=${each.value}` : each.value.trim() ? "" : " empty"}]`;
        const kind = one => `${one.parentElement.getAttribute("class")}>${one.tagName}${[...one.attributes].map(said).sort().join("")}${one.textContent.trim() ? "" : " empty"}`;
        const hidden = [];
        for (const list of document.querySelectorAll("body *")) {
          if (list.childElementCount < 8 || list.closest("svg, select, table")) continue;
          const known = new Set();
          for (const line of list.children) {
            const fresh = [line, ...line.querySelectorAll("*")].map(kind).filter(one => !known.has(one));
            fresh.forEach(one => known.add(one));
            if (fresh.length > 0) continue;
            hidden.push([line, line.style.display]);
            line.style.display = "none";
          }
        }
        """;

    /// <summary>Rules for what words can change: whatever has a name must have one in every language.</summary>
    public static readonly string[] Words = ["cat.name-role-value", "cat.text-alternatives", "cat.forms", "cat.language"];

    /// <summary>Rules for what the theme can change.</summary>
    public static readonly string[] Colours = ["color-contrast"];

    /// <summary>Until nothing moves: colours on their way are neither the old ones nor the new. What turns without end is not waited for: it never finishes.</summary>
    public const string Settled = "await Promise.allSettled(document.getAnimations().filter(one => one.effect.getComputedTiming().endTime !== Infinity).map(one => one.finished));";

    /// <summary>As it stands once nothing moves.</summary>
    public static async Task FreeOfViolationsAsync(this IPage page)
    {
        await page.EvaluateAsync($"async () => {{ {Settled} }}");
        Assert.Empty(await page.ViolationsAsync());
    }

    /// <summary>Nothing moves while it looks: a line that a colleague's press draws anew has colours on their way.</summary>
    /// <param name="only">Rules, or tags of rules; all where none is named.</param>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(this IPage page, params string[] only)
    {
        if (await page.EvaluateAsync<bool>("() => typeof axe === 'undefined'"))
        {
            await page.EvaluateAsync(Script);
        }

        return await page.EvaluateAsync<string[]>(
            $$"""
            async only => {
              {{HideRepeated}}
              const still = new CSSStyleSheet();
              still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important; }");
              document.adoptedStyleSheets.push(still);
              const options = { resultTypes: ["violations"], ...(only.length > 0 ? { runOnly: only } : {}) };
              try {
                const { violations } = await axe.run(document, options);
                return violations.filter(one => one.impact === "serious" || one.impact === "critical")
                  .map(one => `${one.id}: ${one.help} at ${one.nodes.slice(0, 3).map(node => `${node.target} ${node.html}`).join(" | ")}`);
              } finally {
                for (const [line, before] of hidden) line.style.display = before;
                document.adoptedStyleSheets = document.adoptedStyleSheets.filter(one => one !== still);
              }
            }
            """,
            only);
    }
}
