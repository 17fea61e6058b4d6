// Who comes in. Cards are read by the camera where the browser can read codes, else from a photo by the portal; whether they hold is told here, with a list that was
// downloaded before, so it goes on when the connection is gone. Names come from the portal while it answers. Entries stay on this device and hold no name.
import { ask, canCheck, codeOf, download, read } from "./card.js";

const kept = "door";
const renewEvery = 60_000;
const lookEvery = 150;

// So many looks without a code before the same one is a card shown anew.
const gone = 10;
const evening = 12 * 60 * 60 * 1000;

let root, listening, timer, looking, stream, state, turn = 0;
const $ = what => root.querySelector(what);
const clock = time => new Date(time).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

export function attach() {
  root = document.querySelector("[data-door]");
  listening = new AbortController();
  const { signal } = listening;
  state = { entries: {}, began: 0, list: null, ...load() };
  const on = (what, event, act) => $(what).addEventListener(event, act, { signal });
  on("[data-door-camera]", "click", film);
  on("[data-door-file]", "change", event => { photo(event.target).catch(() => say("noline")); });
  on("[data-door-renew]", "click", () => renew());
  on("[data-door-new]", "click", () => { $("[data-door-sure]").hidden = false; });
  on("[data-door-begin]", "click", begin);
  addEventListener("online", () => renew(), { signal });
  timer = setInterval(() => renew(), renewEvery);
  $("[data-door-live]").hidden = !("BarcodeDetector" in window && navigator.mediaDevices);
  show();
  renew();
}

export function detach() {
  listening?.abort();
  clearInterval(timer);
  clearTimeout(looking);
  stream?.getTracks().forEach(track => track.stop());
  stream = null;
}

function load() {
  try {
    return JSON.parse(localStorage.getItem(kept));
  } catch {
    return null;
  }
}

function keep() {
  try {
    localStorage.setItem(kept, JSON.stringify(state));
  } catch {
    // No room: it holds as long as the page is open.
  }
  show();
}

function show() {
  $("[data-door-count]").textContent = Object.keys(state.entries).length;
  $("[data-door-time]").textContent = state.list ? clock(state.list.cameAt) : $("[data-door-age]").dataset.never;
}

function begin() {
  [state.entries, state.began] = [{}, 0];
  $("[data-door-sure]").hidden = true;
  tell(null);
  keep();
}

async function renew() {
  try {
    state.list = await download(root.dataset.list);
    keep();
  } catch {
    // The one that is here goes on; how old it is stands beside it.
  }
}

function tell(what, ...who) {
  for (const part of root.querySelectorAll("[data-state]")) {
    part.hidden = part.dataset.state !== what;
    part.querySelector("[data-who]").textContent = who.filter(Boolean).join(" · ");
  }
}

function say(what, ...who) {
  tell(what, ...who);
  navigator.vibrate?.(what === "in" ? 80 : [80, 60, 80]);
}

async function film() {
  const video = $("[data-door-video]");
  try {
    stream ??= await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return say("nocamera");
  }
  const reader = new BarcodeDetector({ formats: ["qr_code"] });
  video.hidden = false;
  $("[data-door-live]").hidden = true;
  video.srcObject = stream;
  video.play().catch(() => {});
  let last = null, empty = 0;
  const look = async () => {
    const [found] = await reader.detect(video).catch(() => []);
    empty = found ? 0 : empty + 1;
    if (empty >= gone) last = null;
    if (found && found.rawValue !== last) await came(last = found.rawValue);
    root.toggleAttribute("data-sees", last !== null);
    if (stream) looking = setTimeout(look, lookEvery);
  };
  clearTimeout(looking);
  look();
}

async function photo(input) {
  const [file] = input.files;
  if (!file) return;
  try {
    const answer = await fetch(root.dataset.photo, { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" } });
    if (answer.ok) await came(await answer.text());
    else say(answer.status === 422 ? "nocode" : "noline");
  } finally {
    input.value = "";
  }
}

async function came(text) {
  const code = codeOf(text);
  if (!canCheck) return alone(code);
  if (!state.list) await renew();
  if (!state.list) return say("nolist");
  const card = await read(code, state.list);
  turn++;
  if (card.state !== "valid") return say(card.state, card.number);
  const before = enter(card.seal);
  const told = before ? ["again", clock(before)] : ["in"];
  say(...told, card.number);
  learn(code, card, told, turn);
}

// Nobody waits for the portal: the next card may be there before its answer.
async function learn(code, card, told, mine) {
  const said = await ask(root.dataset.check, code);
  if (!said) return;
  const isLast = mine === turn;
  if (said.state === "valid") return isLast && tell(...told, said.name, card.number, said.standing);

  // The list was older than what happened since.
  if (told[0] === "in") delete state.entries[card.seal];
  keep();
  if (isLast) say(said.state, card.number);
}

// Without https the browser checks nothing, and the portal is asked; the code itself tells one card from another.
async function alone(code) {
  const said = await ask(root.dataset.check, code);
  if (!said) return say("noline");
  if (said.state !== "valid") return say(said.state);
  const before = enter(code);
  say(...(before ? ["again", clock(before)] : ["in"]), said.name, said.standing);
}

// When this card was here before; nothing where it comes for the first time this evening.
function enter(card) {
  const now = Date.now();
  if (now - state.began > evening) [state.entries, state.began] = [{}, now];
  const before = state.entries[card];
  state.entries[card] ??= now;
  keep();
  return before;
}
