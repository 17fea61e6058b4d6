// The members' list: what is pressed in its lines is told to the page, which has no handlers there; arrows walk the lines, Enter or F2 edits, a double click does too.
import { step } from "./focus.js";

const list = () => document.querySelector("[data-members]");
const rows = () => [...list().querySelectorAll("[data-member]")];
const rowOf = target => target.closest?.("[data-member]");

// MudBlazor's rows take no attributes, and the names of two hundred controls are four sentences and fifty names.
function mark() {
  const names = list()?.closest("[data-names]").dataset.names;
  const texts = names && JSON.parse(names);
  for (const part of document.querySelectorAll("[data-members] [data-of]:not([data-marked])")) {
    const row = part.closest("tr");
    part.dataset.marked = "";
    row.tabIndex = -1;
    row.dataset.member = part.dataset.of;
    const name = row.querySelector(".name a")?.textContent;
    for (const control of name ? row.querySelectorAll("[data-of], [data-edit], [data-write], [data-menu]") : []) {
      const text = "of" in control.dataset ? texts.tick : "edit" in control.dataset ? texts.edit : "write" in control.dataset ? texts.write : texts.menu;
      control.ariaLabel = text.replace("{0}", () => name);
      if ("menu" in control.dataset) control.ariaExpanded = "false";
      if (control.type !== "checkbox") control.title = control.ariaLabel;
      if ("menu" in control.dataset) control.ariaHasPopup = "menu";
      if ("write" in control.dataset) [control.target, control.rel] = ["_blank", "noopener"];
    }
  }
}

// The page says who is ticked; boxes it has not answered yet are ahead of it.
const ahead = new Map();

function tick() {
  const ticked = list()?.dataset.ticked?.split(" ") ?? [];
  for (const box of document.querySelectorAll(".tick [data-of]")) if (!ahead.get(box.dataset.of)) box.checked = ticked.includes(box.dataset.of);
}

function count(id, by) {
  ahead.set(id, (ahead.get(id) ?? 0) + by);
}

// No answer comes to a tick that was too late, or to one whose answer was lost with its connection.
const unanswered = box => new Promise(over => {
  box.addEventListener("portal:missed", over, { once: true });
  setTimeout(over, patience);
});

document.addEventListener("change", async event => {
  const box = event.target;
  if (!box.matches?.(".tick [data-of]")) return;
  const id = box.dataset.of;
  count(id, 1);
  try {
    await Promise.race([tell("TickMember", id, box.checked), unanswered(box)]);
  } finally {
    count(id, -1);
    tick();
  }
});

new MutationObserver(() => {
  mark();
  tick();
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-ticked"] });
mark();
tick();

// What was pressed before the page listens waits for it; as everywhere, nothing is done late.
const fresh = 5000;
let page = null, untold = [];

export function attach(one) {
  page = one;
  for (const press of untold) press.done(performance.now() - press.at < fresh ? page.invokeMethodAsync(...press.what) : null);
  untold = [];
}

export function detach() {
  page = null;
}

function tell(...what) {
  return page ? page.invokeMethodAsync(...what) : new Promise(done => untold.push({ what, done, at: performance.now() }));
}

document.addEventListener("click", event => {
  const button = event.target.closest?.("[data-edit], [data-write], [data-menu]");
  const row = button && rowOf(button);
  if (!row) return;
  const place = button.getBoundingClientRect();
  if (!button.matches("[data-menu]")) tell(button.matches("[data-edit]") ? "EditMember" : "RemindMember", row.dataset.member);
  else tell("OpenMenuOfMember", row.dataset.member, place.left + scrollX, place.bottom + scrollY).then(() => enterMenu(button));
});

// MudBlazor's menu learns only by a key that it is used by keys, and does not know the button it belongs to.
function enterMenu(button) {
  const menu = document.querySelector(".member-menu.mud-popover-open");
  if (!menu) return;
  menu.querySelector(".mud-menu-list-wrapper")?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", code: "ArrowDown", bubbles: true }));
  button.ariaExpanded = "true";
  const closing = new MutationObserver(() => {
    if (menu.matches(".mud-popover-open")) return;
    closing.disconnect();
    button.ariaExpanded = "false";
    const at = document.activeElement;
    if (!at || at === document.body || at === rowOf(button) || menu.contains(at)) button.focus({ preventScroll: true });
  });
  closing.observe(menu, { attributeFilter: ["class"] });
}
const typesIn = target => target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable=true]");
const open = "[role=dialog], .mud-popover-open";
const isEnter = key => key.code === "Enter" || key.code === "NumpadEnter";

function edit(row) {
  const button = row?.querySelector("[data-edit]");
  button?.click();
  if (button && line.isHeard) hold(isOpen);
}

// What a key does on a line that is not being edited; nothing for a key that is none of ours.
function actionOf(key) {
  const row = rowOf(document.activeElement);
  const isOnRow = row === document.activeElement;
  return key.code === "ArrowDown" ? () => step(rows(), 1)
    : key.code === "ArrowUp" ? () => step(rows(), -1)
    : key.code === "F2" && row || isEnter(key) && isOnRow ? () => edit(row)
    : key.code === "Space" && isOnRow ? () => row.querySelector("[type=checkbox]")?.click()
    : key.code === "Slash" && !key.shiftKey ? () => document.getElementById("member-list-search")?.focus()
    : null;
}

document.addEventListener("keydown", event => {
  if (!list() || document.querySelector(open) || event.altKey || event.ctrlKey || event.metaKey || typesIn(event.target)) return;
  const action = actionOf(event);
  if (!action) return;
  event.preventDefault();
  action();
});

document.addEventListener("dblclick", event => {
  const row = rowOf(event.target);
  if (row && list()?.contains(row) && !event.target.closest("a, button, input, label")) edit(row);
});

// Between the key that opens a line's fields and the fields there is a round trip, and another one between Enter and the line. Keys that
// come meanwhile are meant for what comes, so they wait for it in their order; into the wrong line they would write somebody else's name.
const patience = 10000;
let held = null, keys = [], since = 0;

const editing = () => list()?.querySelector(".editing");
const isOpen = () => document.activeElement?.matches(".editing input");
const isSaved = () => !editing() && !!rowOf(document.activeElement ?? document.body);
// The portal has answered, and the line still has something to be put right.
const isRefused = () => editing()?.querySelector("[aria-invalid=true], .conflicts") && !editing().querySelector("[data-pressed], [type=submit][aria-disabled=true]");

function hold(until) {
  [held, since] = [until, performance.now()];
  requestAnimationFrame(look);
}

function look() {
  if (!held) return;
  // What was refused is looked at first: keys that were meant for other lines do not go into this one.
  if (!list() || !line.isHeard || performance.now() - since > patience || held === isSaved && isRefused()) return drop();
  if (!held()) return requestAnimationFrame(look);
  held = null;
  while (keys.length && !held) perform(keys.shift());
}

function drop() {
  [held, keys] = [null, []];
}

function perform(key) {
  const field = isOpen() ? document.activeElement : null;
  if (!field) return actionOf(key)?.();
  const fields = [...field.form.querySelectorAll("input")];
  if (key.code === "Escape") {
    hold(isSaved);
    tell("PutEditAside");
  } else if (isEnter(key)) {
    hold(isSaved);
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.form.requestSubmit(field.form.querySelector("[type=submit]"));
  } else if (key.code === "Tab") fields[fields.indexOf(field) + (key.shiftKey ? -1 : 1)]?.focus();
  else if (key.code === "Home" || key.code === "End") field.setSelectionRange?.(...(key.code === "Home" ? [0, 0] : [field.value.length, field.value.length]));
  else if (key.code === "Backspace") document.execCommand("delete");
  else if (key.key.length === 1) document.execCommand("insertText", false, key.key);
}

addEventListener("keydown", event => {
  // What it waited for may be there already, and the frame that looks for it still to come.
  if (held?.()) look();
  if (held) {
    if (event.ctrlKey || event.metaKey || event.altKey || ["Shift", "Control", "Alt", "Meta"].includes(event.key) || event.key === "Escape" && held !== isOpen) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keys.push({ code: event.code, key: event.key, shiftKey: event.shiftKey });
  } else if (event.code === "Escape" && event.target.closest?.(".editing form")) {
    tell("PutEditAside");
  } else if (isEnter(event) && !event.repeat && event.target.matches?.(".editing input") && list() && line.isHeard) hold(isSaved);
}, true);

// A hand on the mouse has seen what is there.
addEventListener("pointerdown", drop, true);
