// The cashier's keyboard in a list of lines. Keys are told by their place, so they work in any layout; off while someone types or a dialog is open. A key presses the
// button that is shown: what holds for a press holds for a key.
import { back, rowOf, step } from "./focus.js";

const typesIn = target => target.closest?.("input, textarea, select, [contenteditable=true]");
const phone = matchMedia("(pointer: coarse)");
let root, listening, arriving;

export function attach(id) {
  root = id;
  listening?.abort();
  listening = new AbortController();
  document.addEventListener("keydown", onKey, { signal: listening.signal });
  arriving?.disconnect();
  arriving = new MutationObserver(arrive);
  arriving.observe(document.getElementById(root), { childList: true, subtree: true });
  arrive();
}

export function detach() {
  listening?.abort();
  arriving?.disconnect();
}

const rows = () => [...document.querySelectorAll(`#${root} [data-evidence]`)];

// Whoever comes begins at the first row, once it is there. Who was quicker is left alone.
function arrive() {
  const active = document.activeElement;
  const isFree = active === document.body || active.matches("h1, main") || active.closest("a[href]")?.pathname === location.pathname;
  const [first] = rows();
  if (isFree && !first) return;
  arriving.disconnect();
  if (isFree && !phone.matches) first.focus({ preventScroll: true });
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("[role=dialog]")) return;
  if (typesIn(event.target)) {
    if (event.code === "Escape") back();
    return;
  }
  const action = actionOf(event);
  if (!action) return;
  event.preventDefault();
  action();
}

function actionOf(event) {
  if (event.code === "ArrowDown" || event.code === "KeyJ") return () => step(rows(), 1);
  if (event.code === "ArrowUp" || event.code === "KeyK") return () => step(rows(), -1);
  if (event.repeat) return null;
  if (event.code === "Slash" && !event.shiftKey) return () => document.getElementById("line-search")?.focus();
  const row = rowOf(document.activeElement)?.closest("[data-evidence]");
  if (!row) return null;
  const press = what => {
    const button = row.querySelector(what);
    return button && (() => button.click());
  };
  const number = /^(?:Digit|Numpad)([1-5])$/.exec(event.code);
  if (number) return press(`[data-guess="${number[1]}"]`);
  if (event.code === "Enter" || event.code === "NumpadEnter") return event.target === row ? press("[data-sure]") : null;
  if (event.code === "KeyN") return press("[data-not-dues]");
  if (event.code === "KeyF") return press("[data-find]");
  return event.code === "KeyU" ? press("[data-undo-line]") : null;
}
