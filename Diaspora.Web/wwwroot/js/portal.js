// What the interactive pages need from the browser.
window.portal = {
  // A form was refused: the first field with a sentence beside it gets the focus and comes into view.
  showProblem() {
    const form = [...document.querySelectorAll("[role=dialog]")].at(-1) ?? document;
    const first = form.querySelector(".conflicts") ?? form.querySelector("[aria-invalid=true], [data-problem]");
    if (!first) return;
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: "center" });
  },

  // To the button that sends the form an element stands in, or to the first field beside it.
  focusSend(element) {
    const form = element.closest("form");
    const send = form ? [...form.elements].find((control) => control.type === "submit") : element.parentElement?.querySelector("input, select, button");
    send?.focus();
  },

  // What is chosen on a page is copied into its address: here, as only the browser knows what the address is by now. A page that was
  // left meanwhile is not fetched back.
  inAddress(page, chosen, isTold) {
    if (location.pathname.toLowerCase() !== page.toLowerCase()) return;
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(chosen)) value === null ? query.delete(name) : query.set(name, value);
    const text = query.toString();
    const address = location.pathname + (text && "?" + text);
    if (address === location.pathname + location.search) return;
    if (isTold) Blazor.navigateTo(address, { replaceHistoryEntry: true }); else history.replaceState(history.state, "", address);
  }
};

document.addEventListener("click", event => { if (event.target.closest("[data-print]")) window.print(); });

// Staff's pages have a sheet of their own. Between the two parts the browser itself goes, so that it comes along.
(function () {
  const isStaffs = path => /^\/admin(\/|$)/i.test(path);
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href]");
    if (link && link.origin === location.origin && isStaffs(link.pathname) !== isStaffs(location.pathname)) event.stopPropagation();
  }, true);
})();

// A menu made of <details> closes when one leaves it.
document.addEventListener("click", event => {
  for (const menu of document.querySelectorAll("details.more[open]")) {
    const inside = menu.contains(event.target);
    if (!inside || event.target.closest(".sheet a")) menu.open = false;
  }
});
document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.more[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A plain form that takes its time says so, and takes no second press.
document.addEventListener("submit", event => {
  const form = event.target;
  if (!form.matches("[data-busy-form]")) return;
  form.querySelector("[data-busy-says]").textContent = form.dataset.busy;
  setTimeout(() => form.querySelectorAll("button[type=submit]").forEach(button => { button.disabled = true; }));
});

// Whoever comes back with the browser's own button finds it as it was.
addEventListener("pageshow", event => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("[data-busy-form]")) {
    form.querySelector("[data-busy-says]").textContent = "";
    form.querySelectorAll("button[type=submit]").forEach(button => { button.disabled = false; });
  }
});

// MudBlazor's panels can be pressed and take the keys, but a screen reader hears neither that nor whether they are open. A key presses
// them as a hand does, so that js/line.js hears of it.
(function () {
  const head = ".mud-expand-panel-header";
  const tell = () => {
    for (const one of document.querySelectorAll(head)) {
      const isOpen = String(one.parentElement.classList.contains("mud-panel-expanded"));
      if (one.getAttribute("aria-expanded") === isOpen) continue;
      one.setAttribute("role", "button");
      one.setAttribute("aria-expanded", isOpen);
    }
  };
  new MutationObserver(tell).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
  document.addEventListener("keydown", event => {
    if (!event.target.matches?.(head) || (event.code !== "Enter" && event.code !== "NumpadEnter" && event.code !== "Space")) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) event.target.click();
  }, true);
})();

// The keyboard's place is kept once the page is alive: before that nothing takes it away.
document.addEventListener("portal:live", () => import("/js/focus.js"), { once: true });
