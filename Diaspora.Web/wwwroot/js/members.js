// The keyboard of the members' list: arrows walk the lines, Enter or F2 edits, a double click does too. Escape is the edit's own.
import { step } from "./focus.js";

const list = () => document.querySelector("[data-members]");
const rows = () => [...list().querySelectorAll("[data-member]")];
const rowOf = target => target.closest?.("[data-member]");
const typesIn = target => target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable=true]");
const open = "[role=dialog]" + (CSS.supports("selector(:popover-open)") ? ", [popover]:popover-open" : "");
const edit = row => row?.querySelector("[data-edit]")?.click();

document.addEventListener("keydown", event => {
  if (!list() || document.querySelector(open) || event.altKey || event.ctrlKey || event.metaKey || typesIn(event.target)) return;
  const row = rowOf(document.activeElement);
  const isOnRow = row === document.activeElement;
  const action =
    event.code === "ArrowDown" ? () => step(rows(), 1)
    : event.code === "ArrowUp" ? () => step(rows(), -1)
    : event.code === "F2" && row || (event.code === "Enter" || event.code === "NumpadEnter") && isOnRow ? () => edit(row)
    : event.code === "Space" && isOnRow ? () => row.querySelector("[type=checkbox]").click()
    : event.code === "Slash" && !event.shiftKey ? () => document.getElementById("member-list-search")?.focus()
    : null;
  if (!action) return;
  event.preventDefault();
  action();
});

document.addEventListener("dblclick", event => {
  const row = rowOf(event.target);
  if (row && list()?.contains(row) && !event.target.closest("a, button, input, label")) edit(row);
});
