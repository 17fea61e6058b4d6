// The keyboard of the members' list: arrows walk the lines, Enter or F2 edits, a double click does too. Escape is the edit's own.
import { step } from "./focus.js";

const list = () => document.querySelector("[data-members]");
const rows = () => [...list().querySelectorAll("[data-member]")];
const rowOf = target => target.closest?.("[data-member]");
const typesIn = target => target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable=true]");
const open = "[role=dialog]" + (CSS.supports("selector(:popover-open)") ? ", [popover]:popover-open" : "");
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
  if (isEnter(key)) {
    hold(isSaved);
    field.form.requestSubmit(field.form.querySelector("[type=submit]"));
  } else if (key.code === "Tab") fields[fields.indexOf(field) + (key.shiftKey ? -1 : 1)]?.focus();
  else if (key.code === "Home" || key.code === "End") field.setSelectionRange?.(...(key.code === "Home" ? [0, 0] : [field.value.length, field.value.length]));
  else if (key.code === "Backspace") document.execCommand("delete");
  else if (key.key.length === 1) document.execCommand("insertText", false, key.key);
}

addEventListener("keydown", event => {
  if (held) {
    if (event.ctrlKey || event.metaKey || event.altKey || ["Shift", "Control", "Alt", "Meta", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keys.push({ code: event.code, key: event.key, shiftKey: event.shiftKey });
  } else if (isEnter(event) && !event.repeat && event.target.matches?.(".editing input") && list() && line.isHeard) hold(isSaved);
}, true);

// A hand on the mouse has seen what is there.
addEventListener("pointerdown", drop, true);
