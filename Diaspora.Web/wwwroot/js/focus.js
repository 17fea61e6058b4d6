// Keeps the keyboard's place. A decision, a live update or a dialog that closes takes away what had the focus; the browser then says nothing and gives it
// to the body. Here it goes on where it was: at the same thing, at its row, at the row that took its place, or at the heading above.

// What takes the focus for a row: the row itself or, where MudBlazor draws it, one of its cells.
const row = "[role=row][tabindex], tr[tabindex], tr > [tabindex]";
export const rowOf = element => element?.closest(row) ?? element?.closest("tr")?.querySelector(":scope > [tabindex]");
const fields = "input:not([type=hidden]), select, textarea";
const canTake = element => !element.disabled && element.getClientRects().length > 0;
const first = (root, selector) => [...root.querySelectorAll(selector)].find(canTake);
const safest = dialog => first(dialog, ".mud-dialog-actions button");
const dialogs = () => document.querySelectorAll("[role=dialog]");
const idOf = element => element.dataset.intent ?? element.dataset.member;

// What had the focus last, and the row, list and place it had last. In dialogs nothing is remembered: they end.
let had, above, last, list, id, at = 0;
let begun, hadDialog = false, byHand = false;

const rowsOf = element => [...element.querySelectorAll(row)];
const isLost = () => !document.activeElement || document.activeElement === document.body;

document.addEventListener("focusin", event => remember(event.target));
addEventListener("keydown", () => { byHand = false; }, true);
addEventListener("pointerdown", () => { byHand = true; }, true);
new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled", "hidden"] });
if (!isLost()) remember(document.activeElement);
look();

function remember(element) {
  if (element.closest("[role=dialog]")) return;
  had = element;
  above = [];
  for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement) above.push(parent);
  const now = rowOf(element);
  if (!now) return;
  [last, id] = [now, idOf(now)];
  measure();
}

// Rows come and go above it while it has the focus.
function measure() {
  list = (last.closest("tr") ?? last).parentElement;
  at = rowsOf(list).indexOf(last);
}

function look() {
  const dialog = [...dialogs()].at(-1);
  if (dialog) {
    hadDialog = true;
    if (dialog !== begun || isLost()) begin(dialog);
    return;
  }
  const closed = hadDialog;
  hadDialog = false;
  begun = null;
  if (last?.isConnected) measure();

  // Whoever presses beside everything has left on purpose.
  if (!isLost() || !had || (had.isConnected && canTake(had) && !closed)) return;
  focus((had.isConnected && canTake(had) ? had : null) ?? again() ?? rowInPlace() ?? over());
}

// Every dialog begins in its first field or, without one, at its safest button: that stands first.
function begin(dialog) {
  const start = first(dialog, "[autofocus]") ?? first(dialog, fields) ?? safest(dialog) ?? first(dialog, "button, a[href]");
  if (!start) return;
  begun = dialog;
  start.focus();
}

function focus(element) {
  if (!element) return;
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: byHand });
}

// The same thing, drawn anew.
function again() {
  const same = had.id && document.getElementById(had.id);
  return same && canTake(same) ? same : null;
}

// The row it was in; else the one that took its place, or the last one.
function rowInPlace() {
  if (last?.isConnected) return last;
  if (!list?.isConnected) return null;
  const rows = rowsOf(list);
  return rows.find(other => idOf(other) === id) ?? rows[Math.min(at, rows.length - 1)];
}

// The nearest thing above that is still there: its message when a list is empty, its first row, or its heading.
function over() {
  for (const place of above) {
    if (!place.isConnected) continue;
    const found = first(place, "[data-empty]") ?? first(place, row) ?? first(place, "h1, h2, h3");
    if (found) return found;
  }
  return document.querySelector("main h1") ?? document.querySelector("main");
}

// Back to where the keyboard was in the list.
export function back() {
  focus(rowInPlace() ?? over());
}

export function step(rows, by) {
  if (!rows.length) return;
  const here = rows.indexOf(rowOf(document.activeElement));
  const next = here >= 0 ? here + by : last && !last.isConnected && list?.isConnected ? at : by > 0 ? 0 : rows.length - 1;
  const to = rows[Math.min(rows.length - 1, Math.max(0, next))];
  to.focus();
  (to.closest("tr") ?? to).scrollIntoView({ block: "nearest" });
}

// Escape presses a dialog's safest button. MudBlazor hears it only a round trip after the dialog is there.
document.addEventListener("keydown", event => {
  const dialog = event.key === "Escape" && event.target.closest?.("[role=dialog]");
  if (!dialog || !safest(dialog)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  safest(dialog).click();
}, true);

// Ctrl+Enter sends the form one is in. The button gets the focus for a moment, as by a press, so that a field that tells its text when it is left tells it.
document.addEventListener("keydown", event => {
  if (!(event.ctrlKey || event.metaKey) || event.repeat || (event.code !== "Enter" && event.code !== "NumpadEnter")) return;
  const field = event.target;
  const send = field.closest?.("[role=dialog] form") && [...field.closest("form").elements].find(control => control.type === "submit");
  if (!send) return;
  event.preventDefault();
  send.focus();
  send.click();
  field.focus();
});
