// Back closes what is open on the page instead of leaving it, and whoever leaves with something typed is asked. One script for every
// dialog, sheet and menu, and for every form: it looks at the document alone. docs/decisions/0028-what-is-typed.md
(() => {
  const menu = CSS.supports("selector(:has(a))") ? ".mud-popover-open:has([role=menu])" : ".mud-menu-open";
  const open = `[role=dialog], details.more[open], ${menu}`;
  const unasked = "a[href^='/lang/'], #line [data-reload], #blazor-error-ui a";

  const closing = new WeakSet();
  const top = () => [...document.querySelectorAll(open)].filter(layer => !closing.has(layer) && layer.getClientRects().length > 0).at(-1);
  let here = location.href;
  let index = history.state?._index ?? 0;

  // Steps of ours through the history, which neither Blazor nor the reader is to notice.
  let silent = null;
  const go = steps => new Promise(done => {
    const timer = setTimeout(() => silent?.(), 1000);
    silent = () => {
      silent = null;
      clearTimeout(timer);
      done();
    };
    history.go(steps);
  });

  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  let pushed = null, written = null;

  // A page that comes while the entry of a layer is the last one takes its place: Back leads to where the layer was opened.
  history.pushState = (state, ...to) => {
    if (history.state?.layer) replace(state, ...to);
    else push(state, ...to);
    pushed = location.href;
  };
  // The entry of a layer stays one under another address.
  history.replaceState = (state, ...to) => {
    replace(history.state?.layer ? { ...state, layer: true } : state, ...to);
    written = location.href;
  };

  // While something is open, one more entry lies in the history: Back takes that one. It has Blazor's own number, so that Blazor
  // counts as before. When the layer is closed otherwise, the entry is taken back, but a moment later: what closed the layer often
  // leads to another page as well, or opens the next layer.
  let waiting = 0;
  function settle() {
    if (silent) return;
    here = location.href;
    index = history.state?._index ?? 0;
    const isOpen = !!top();
    const isHeld = !!history.state?.layer;
    if (isOpen && !isHeld) push({ ...history.state, layer: true }, "");
    else if (!isOpen && isHeld) waiting ||= setTimeout(takeBack, 100);
  }

  // The browser is on its way to another page: a step through the history would call it back.
  let goneAt = -Infinity;
  addEventListener("beforeunload", () => { goneAt = performance.now(); });

  async function takeBack() {
    waiting = 0;
    if (performance.now() - goneAt < 3000) return;
    if (silent || top() || !history.state?.layer) return settle();
    pushed = null;
    written = location.href;
    await go(-1);
    // The step takes a while, and Blazor may have led the page elsewhere meanwhile. What it asked for stands.
    if (pushed && pushed !== location.href) await go(1);
    else if (!pushed && written !== location.href) replace(history.state, "", written);
    settle();
  }

  // As Escape does: whoever made the layer knows how it closes. One that has just come may not listen yet.
  async function close(layer) {
    if (layer.matches("details")) layer.open = false;
    else if (layer.matches(menu)) {
      // The same element opens again: it is closing only until it is closed.
      closing.add(layer);
      document.querySelector(".mud-overlay")?.click();
      for (let tries = 0; tries < 50 && layer.matches(menu); tries++) await new Promise(done => setTimeout(done, 100));
      closing.delete(layer);
    }
    else {
      closing.add(layer);
      for (let tries = 0; tries < 5 && layer.isConnected; tries++) {
        (layer.querySelector(":focus") ?? layer.querySelector("button") ?? layer).dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", code: "Escape", bubbles: true, cancelable: true }));
        await new Promise(done => setTimeout(done, 600));
      }
      closing.delete(layer);
    }
  }

  // A menu that the mouse has opened leaves the focus on its button, where MudBlazor takes the first Escape for a step into the menu.
  addEventListener("keydown", async event => {
    const layer = event.key === "Escape" ? top() : null;
    const button = document.activeElement;
    if (!layer?.matches(menu) || layer.contains(button)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await close(layer);
    if (button.isConnected && [null, document.body].includes(document.activeElement)) button.focus({ preventScroll: true });
  }, true);

  let isLeaving = false;
  addEventListener("popstate", async event => {
    if (silent) {
      event.stopImmediatePropagation();
      return silent();
    }
    const steps = (event.state?._index ?? 0) - index;
    const layer = top();
    if (layer && location.href === here) {
      event.stopImmediatePropagation();
      close(layer);
    } else if (location.href !== here && steps !== 0 && !isLeaving && drafts.any()) {
      event.stopImmediatePropagation();
      await go(-steps);
      if (!await ask()) return;
      isLeaving = true;
      return history.go(steps);
    } else if (location.href === here && event.state?.layer) {
      // Forward, to a layer that is gone.
      event.stopImmediatePropagation();
    }
    isLeaving = false;
    setTimeout(settle);
  }, true);

  new MutationObserver(settle).observe(document.body, { subtree: true, childList: true });
  document.addEventListener("toggle", settle, true);
  settle();

  // --- Leaving with something typed.
  let answer = null;
  function ask() {
    const question = document.getElementById("leave");
    answer ??= new Promise(done => {
      question.returnValue = "";
      question.showModal();
      question.addEventListener("close", () => {
        answer = null;
        done(question.returnValue === "leave");
      }, { once: true });
    });
    return answer;
  }

  let quietUntil = 0;
  const leaveUnasked = () => { quietUntil = Date.now() + 10000; };
  document.addEventListener("click", async event => {
    const link = event.target.closest("a[href]");
    if (event.target.closest(unasked)) return leaveUnasked();
    if (!link || isLeaving || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.target && link.target !== "_self" || link.hasAttribute("download") || !/^https?:$/.test(link.protocol) || link.href.split("#")[0] === location.href.split("#")[0] || !drafts.any()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!await ask()) return;
    leaveUnasked();
    isLeaving = true;
    if (link.isConnected) link.click(); else location.href = link.href;
    isLeaving = false;
  }, true);

  addEventListener("beforeunload", event => { if (Date.now() > quietUntil && drafts.any()) event.preventDefault(); });

  // For a script that loads the page anew because it must: what is typed is kept.
  drafts.leaveUnasked = leaveUnasked;
})();
