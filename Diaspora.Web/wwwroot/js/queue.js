// The cashier's keyboard. Keys are told by their place, so they work in any layout; off while someone types or a dialog is open.
let root, page, held, hand, watcher, listening;

// How long after its last movement a hand over the list counts as about to press.
const rest = 1200;

const phone = matchMedia("(max-width: 599.98px)");
const rows = () => [...root.querySelectorAll("[data-intent]")];
const focusedRow = () => root.contains(document.activeElement) ? document.activeElement.closest("[data-intent]") : null;
const typesIn = target => target.closest?.("input, textarea, select, [contenteditable=true]");

export function attach(id, component) {
  root = document.getElementById(id);
  // The page was left while this script was on its way.
  if (!root) return;
  page = component;
  held = false;
  hand = 0;
  listening = new AbortController();
  const signal = listening.signal;
  document.addEventListener("keydown", onKey, { signal });
  document.addEventListener("focusin", look, { signal });
  document.addEventListener("focusout", () => setTimeout(look), { signal });
  root.addEventListener("click", onClick, { signal, capture: true });
  root.addEventListener("pointermove", onHand, { signal, passive: true });
  root.addEventListener("pointerdown", onHand, { signal, passive: true });
  // A row that is removed takes the focus with it and says nothing.
  watcher = new MutationObserver(look);
  watcher.observe(root, { childList: true, subtree: true });
  look();
}

export function detach() {
  listening?.abort();
  watcher?.disconnect();
  clearTimeout(hand);
  page = null;
}

function look() {
  const now = !!focusedRow();
  if (!page || now === held) return;
  held = now;
  page.invokeMethodAsync("Focus", now);
}

// Told before the click itself arrives, so that the second click of a double click finds the same row.
function onHand(event) {
  if (!page || !event.target.closest(".q-list")) return;
  if (!hand) page.invokeMethodAsync("Hand", true);
  clearTimeout(hand);
  hand = setTimeout(() => {
    hand = 0;
    page?.invokeMethodAsync("Hand", false);
  }, rest);
}

// On a phone there is no room beside the list: the name leads to the page.
function onClick(event) {
  const link = event.target.closest("a[data-page]");
  if (!link || !phone.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  Blazor.navigateTo(link.dataset.page);
}

function onKey(event) {
  if (!page || document.querySelector(".mud-dialog")) return;
  if (typesIn(event.target)) {
    if (event.code === "Escape") event.target.blur();
    return;
  }
  const action = actionOf(event);
  if (!action) return;
  event.preventDefault();
  action();
}

function actionOf(event) {
  const control = event.ctrlKey || event.metaKey;
  const row = focusedRow();
  const chosen = row?.dataset.intent ?? root.dataset.open;
  const enter = event.code === "Enter" || event.code === "NumpadEnter";
  if (event.altKey) return null;
  if (!control && event.code === "ArrowDown") return () => step(1);
  if (!control && event.code === "ArrowUp") return () => step(-1);
  if (event.repeat) return null;
  if (control && enter) return chosen && (() => decide("Confirm", chosen, row));
  if (control && event.code === "KeyZ" && !event.shiftKey) return () => page.invokeMethodAsync("Undo");
  if (control) return null;
  if (enter) return row && event.target === row && (() => page.invokeMethodAsync("Open", row.dataset.intent));
  if (event.code === "Delete") return chosen && (() => decide("Reject", chosen, row));
  if (event.code === "Slash" && !event.shiftKey) return () => document.getElementById("queue-search")?.focus();
  if (event.code === "Escape") return () => page.invokeMethodAsync("Close");
  return null;
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(focusedRow());
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
  all[next].focus();
  all[next].scrollIntoView({ block: "nearest" });
}

// The row that is decided leaves; who works with the keyboard goes on with the one that takes its place.
async function decide(verb, intent, row) {
  const at = row ? rows().indexOf(row) : -1;
  await page.invokeMethodAsync(verb, intent);
  if (at < 0) return;
  requestAnimationFrame(() => {
    const all = rows();
    if (!root.contains(row) && !document.querySelector(".mud-dialog")) all[Math.min(at, all.length - 1)]?.focus();
  });
}
