// The cashier's keyboard. Keys are told by their place, so they work in any layout; off while someone types or a dialog is open.
// A key presses the button that is shown: what holds for a press holds for a key, and no other payment than the shown one is decided.
// A row is here its last cell: that one has the buttons, and takes the focus for the row.
import { back, rowOf, step } from "./focus.js";

// How long after its last movement a hand over the list counts as about to press.
const rest = 1200;

// The panel follows once the focus rests: a held arrow comes quicker than this, and asks for nothing on its way.
const settle = 60;

// How long a key waits for the panel to show the row that has the focus.
const patience = 3000;

// How long it may take to notice that somebody else's decision has moved the focus.
const surprise = 5000;

// How long one's own decision may take.
const decision = 10000;

const phone = matchMedia("(max-width: 599.98px)");
const now = () => performance.now();
const idOf = row => row?.dataset.intent;
const rows = () => [...root.querySelectorAll("[data-intent]")];
const rowWith = id => id ? root.querySelector(`[data-intent="${id}"]`) : null;
const focusedRow = () => root.contains(document.activeElement) ? rowOf(document.activeElement) : null;
const typesIn = target => target.closest?.("input, textarea, select, [contenteditable=true]");
const decides = (place, verb = "confirm") => place?.querySelector(`[data-decide=${verb}]`);
const isAsked = () => document.querySelector("[role=dialog]");

let root, page, held, hand, watcher, listening, following, walkedAt, followed, shutOut, ahead;

// The row the keyboard is at; the press that waits for the panel; one's own last decision; the row to go to once it is there.
let current, waiting, mine, wanted, seenAt, seenOpen, isNew;

// The row that was ticked last: with Shift all rows from there on get what it got.
let anchor;

// The sound of an arrival: off until somebody wants it, and remembered in this browser.
const soundKey = "queue-sound";
let air, news;

// Whether the person does something at this very moment, and whether with keys; until when a moved focus is a surprise; whether the person chose the row.
let isActing, byKeys, surprisedUntil, isChosen;

export function attach(id, component) {
  root = document.getElementById(id);
  // The page was left while this script was on its way.
  if (!root) return;
  page = component;
  followed = shutOut = null;
  walkedAt = 0;
  [held, hand, current, waiting, mine, isActing, byKeys, surprisedUntil, isChosen] = [false, 0, null, null, null, false, false, 0, false];
  [isNew, seenAt, seenOpen, wanted] = [true, root.dataset.at, root.dataset.open, root.dataset.at];
  listening = new AbortController();
  const signal = listening.signal;
  document.addEventListener("keydown", onKey, { signal });
  document.addEventListener("focusin", onFocus, { signal });
  document.addEventListener("focusout", () => setTimeout(look), { signal });
  document.addEventListener("pointerdown", () => acts(false), { signal, capture: true, passive: true });
  root.addEventListener("click", onClick, { signal, capture: true });
  root.addEventListener("pointermove", onHand, { signal, passive: true });
  root.addEventListener("pointerdown", onHand, { signal, passive: true });
  watcher = new MutationObserver(look);
  watcher.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-open", "data-at"] });
  news = new MutationObserver(() => { if (hears()) ring(); });
  const told = document.querySelector("[data-news]");
  if (told) news.observe(told, { childList: true, characterData: true, subtree: true });
  showSound();
  look();
}

const hears = () => { try { return localStorage.getItem(soundKey) === "on"; } catch { return false; } };

function showSound() {
  const button = root.querySelector("[data-sound]");
  button?.setAttribute("aria-pressed", hears());
}

function switchSound() {
  try { localStorage.setItem(soundKey, hears() ? "off" : "on"); } catch { return; }
  showSound();
  if (hears()) ring();
}

// Two short tones, made here: nothing is loaded for them.
function ring() {
  try {
    air ??= new AudioContext();
    air.resume();
    for (const [pitch, at] of [[660, 0], [880, .12]]) {
      const [tone, volume] = [air.createOscillator(), air.createGain()];
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(.0001, air.currentTime + at);
      volume.gain.exponentialRampToValueAtTime(.2, air.currentTime + at + .02);
      volume.gain.exponentialRampToValueAtTime(.0001, air.currentTime + at + .2);
      tone.connect(volume).connect(air.destination);
      tone.start(air.currentTime + at);
      tone.stop(air.currentTime + at + .22);
    }
    root.dataset.rang = Number(root.dataset.rang ?? 0) + 1;
  } catch {
    // A browser without sound has the number in its title.
  }
}

export function detach() {
  listening?.abort();
  watcher?.disconnect();
  news?.disconnect();
  clearTimeout(hand);
  clearTimeout(following);
  clearTimeout(waiting?.timer);
  ahead?.remove();
  page = null;
}

function tell(what) {
  page?.invokeMethodAsync(`Tell${what}`);
}

function acts(keys) {
  [isActing, byKeys, surprisedUntil, wanted] = [true, keys, 0, null];

  // The focus that a press or a key moves, it moves before this.
  setTimeout(() => { isActing = false; });
}

// Something has changed: in the list, in the panel, or where the focus is.
function look() {
  if (!page) return;
  if (isAsked()) {
    // What a dialog is open about is decided when it closes.
    if (mine) mine.at = now();
    return;
  }
  if (root.dataset.at !== seenAt) wanted = seenAt = root.dataset.at;
  if (isNew) arrive();
  else if (rowWith(wanted) && !typesIn(document.activeElement)) goTo(rowWith(wanted));
  goOn();
  if (root.dataset.open !== seenOpen) {
    // Whoever walks on while a panel is on its way is followed once it has come.
    seenOpen = root.dataset.open;
    if (seenOpen && seenOpen === shutOut) return shut();
    followed = null;
    followSoon();
    loadAhead();
  }
  if (waiting) lookAgain();
  const isHeld = isChosen && !!focusedRow();
  if (isHeld !== held) {
    held = isHeld;
    page.invokeMethodAsync("Focus", held);
  }
}

// Whoever comes begins at the first row, or where they were. Who was quicker is left alone.
function arrive() {
  const active = document.activeElement;
  const isFree = active === document.body || active.matches("h1, main") || active.closest("a[href]")?.pathname === location.pathname;
  const row = rowWith(wanted) ?? rowWith(root.dataset.open) ?? rows()[0];
  if (!isFree || row) isNew = false;
  if (!isFree || !row) return;
  row.focus({ preventScroll: row === rows()[0] });
  wanted = null;
}

function goTo(row) {
  wanted = null;
  row.focus({ preventScroll: !byKeys });
}

// The next payment after one's own decision, also where the decided one stays in the list or only the panel showed it.
function goOn() {
  if (!mine || mine.id !== current || now() - mine.at > decision || typesIn(document.activeElement)) return;
  const row = rowWith(mine.id);
  if (row && decides(row)) return;
  mine = null;
  if (!row) {
    if (document.activeElement === document.body || document.activeElement.closest("[data-panel]")) back();
    return;
  }
  const all = rows();
  const place = all.indexOf(row);
  const next = all.slice(place).find(other => decides(other)) ?? all.slice(0, place).findLast(other => decides(other));
  if (next) goTo(next);
}

function onFocus() {
  if (!page || isAsked()) return;
  const next = mine?.next && !rowWith(mine.id) && rowWith(mine.next);
  if (next) {
    current = idOf(next);
    mine = null;
    return goTo(next);
  }
  const row = focusedRow();
  if (row && idOf(row) !== current) {
    // The row one was at is gone, and not by one's own decision.
    if (!isActing && current && !decides(rowWith(current)) && mine?.id !== current) surprisedUntil = now() + surprise;
    isChosen = isActing || isChosen && byKeys;
    current = idOf(row);
  } else if (row && isActing) {
    isChosen = true;
  }
  if (row) walked();
  look();
}

// One press is followed at once, a key that is held down where it ends.
function walked() {
  const isWalking = now() - walkedAt < settle;
  walkedAt = now();
  if (byKeys && !isWalking) follow();
  else followSoon();
}

function followSoon() {
  if (!root.dataset.open || phone.matches) return;
  clearTimeout(following);
  following = setTimeout(follow, settle);
}

function follow() {
  clearTimeout(following);
  const row = focusedRow();
  if (!page || followed || !row || !root.dataset.open || phone.matches || idOf(row) === root.dataset.open) return;
  const id = idOf(row);
  [followed, shutOut] = [id, null];

  // One after the other: two that are on their way come in turns. A row that has gone meanwhile has none.
  const ended = () => { if (followed === id && !rowWith(id)) followed = null; };
  page.invokeMethodAsync("Follow", id).then(ended, ended);
}

// A panel that is on its way when one closes it comes all the same, and is closed again.
function shut() {
  clearTimeout(following);
  const late = followed;
  followed = null;
  root.querySelector("[data-close]").click();
  shutOut = late;
}

// While one receipt is looked at, the picture of the next is fetched. It is kept nowhere, but for the one picture that is shown with it.
function loadAhead() {
  ahead?.remove();
  ahead = null;
  const all = rows();
  const next = all[all.indexOf(rowWith(root.dataset.open)) + 1];
  const sheet = root.dataset.open && !phone.matches && next?.closest("tr").querySelector("a.receipt img");
  if (!sheet) return;
  ahead = Object.assign(document.createElement("link"), { rel: "preload", as: "image", href: sheet.src.replace(/[/]thumb$/, "") });
  document.head.append(ahead);
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

function onClick(event) {
  shutOut = null;
  if (event.target.closest("[data-bulk-confirm]")) mine = { id: current, at: now(), next: idOf(afterTicked()) };
  if (event.target.closest("[data-sound]")) switchSound();
  const box = event.target.closest("[data-tick]");
  if (box) ticked(rowOf(box), event.shiftKey);
  if (event.target.closest("[data-decide]")) {
    current = mine = null;
    current = idOf(event.target.closest("[data-intent]")) ?? root.dataset.open;
    mine = { id: current, at: now() };
  }

  // On a phone there is no room beside the list: the name and the receipt lead to the page.
  const link = event.target.closest("tr :is(.name, .receipt)");
  if (!link || !phone.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  Blazor.navigateTo(root.dataset.pages + idOf(rowOf(link)));
}

function onKey(event) {
  if (!page || isAsked()) return;
  if (typesIn(event.target)) {
    if (event.code === "Escape") back();
    return;
  }
  if (["Control", "Shift", "Alt", "Meta"].includes(event.key)) return;
  const action = actionOf(event);
  const wasSurprised = now() < surprisedUntil;
  acts(true);
  if (!action) return;
  event.preventDefault();
  action(wasSurprised);
}

function actionOf(event) {
  const control = event.ctrlKey || event.metaKey;
  const row = focusedRow();
  const shown = row ?? rowWith(root.dataset.open) ?? root.querySelector("[data-panel]");
  const enter = event.code === "Enter" || event.code === "NumpadEnter";
  if (event.altKey) return null;
  if (!control && event.code === "ArrowDown") return () => walk(1, event.shiftKey);
  if (!control && event.code === "ArrowUp") return () => walk(-1, event.shiftKey);
  if (event.repeat) return null;
  const many = root.querySelector("[data-bulk-confirm]");
  if (control && event.shiftKey && enter) return many && (() => many.click());
  if (control && enter) return shown && (wasSurprised => decide(shown, "confirm", wasSurprised));
  if (control && event.code === "KeyZ" && !event.shiftKey) return () => root.parentElement.querySelector("[data-undo]").click();
  if (control) return null;
  if (enter) return row && event.target === row && (() => row.parentElement.querySelector(".name").click());
  if (event.code === "Space") return row && event.target === row && (() => tick(row, event.shiftKey));
  if (event.code === "Delete") return shown && (wasSurprised => decide(shown, "reject", wasSurprised));
  if (event.code === "Slash" && !event.shiftKey) return () => document.getElementById("queue-search")?.focus();
  if (event.code === "Escape") return root.querySelector("[data-close]") && shut;
  return null;
}

// From the panel, the keyboard goes on at the row that it shows. With Shift it ticks on its way.
function walk(by, ticks) {
  if (!focusedRow()) rowWith(root.dataset.open)?.focus();
  const from = focusedRow();
  if (ticks && from && !boxOf(from)?.checked) tick(from);
  step(rows(), by);
  const to = focusedRow();
  if (ticks && to && !boxOf(to)?.checked) tick(to);
}

const boxOf = row => row?.closest("tr")?.querySelector("[data-tick]");

function tick(row, isRun) {
  if (isRun) ticked(row, true);
  boxOf(row)?.click();
}

// Many rows go at once: where the keyboard goes on, is the first after them that stays.
function afterTicked() {
  const all = rows();
  const from = Math.max(0, all.indexOf(rowWith(current)));
  const stays = row => !boxOf(row)?.checked;
  return all.slice(from).find(stays) ?? all.slice(0, from).findLast(stays);
}

// Each box is pressed for itself, so that the page hears of each.
function ticked(row, isRun) {
  const all = rows();
  const [from, to] = [all.indexOf(anchor), all.indexOf(row)];
  anchor = row;
  if (!isRun || from < 0 || from === to) return;
  const wanted = boxOf(all[from])?.checked;
  anchor = null;
  for (const other of all.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    const box = boxOf(other);
    if (box && other !== row && box.checked !== wanted) box.click();
  }
  anchor = row;
}

function decide(shown, verb, wasSurprised) {
  if (wasSurprised) return tell("Taken");
  if (!idOf(shown) || !root.dataset.open || idOf(shown) === root.dataset.open) return press(shown, verb);
  clearTimeout(waiting?.timer);
  waiting = { row: shown, verb, timer: setTimeout(giveUp, patience) };
  shown.setAttribute("aria-busy", "true");
  follow();
}

function press(shown, verb) {
  const button = decides(shown, verb);
  if (button) button.click();
  else tell("Decided");
}

// The panel shows the row at last, or the focus has gone elsewhere meanwhile.
function lookAgain() {
  const { row, verb, timer } = waiting;
  if (focusedRow() !== row || !root.dataset.open) return giveUp();
  if (idOf(row) !== root.dataset.open) return;
  clearTimeout(timer);
  waiting = null;
  row.removeAttribute("aria-busy");
  press(row, verb);
}

function giveUp() {
  clearTimeout(waiting.timer);
  waiting.row.removeAttribute("aria-busy");
  waiting = null;
  tell("Behind");
}
