// Who comes in. Cards are read by the camera where the browser can read codes, else from a photo by the portal; whether they hold is told here, with a list that was
// downloaded before, so it goes on when the connection is gone. Names come from the portal while it answers. Entries are counted with the other doors: what could not be said
// waits here until there is a connection. They hold no name.
import { ask, canCheck, codeOf, download, hex, read, sealOf } from "./card.js";

const kept = "door";
const renewEvery = 60_000;
const lookEvery = 150;

// So many looks without a code before the same one is a card shown anew.
const gone = 10;
const evening = 12 * 60 * 60 * 1000;

// As many as the portal takes at once.
const atOnce = 500;

// Nobody is at two doors within it; two clocks may be.
const atLeast = 1000;

let root, listening, timer, looking, stream, state, turn = 0, talking = null, again = false;
const $ = what => root.querySelector(what);
const clock = time => new Date(time).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

export function attach() {
  root = document.querySelector("[data-door]");
  listening = new AbortController();
  const { signal } = listening;
  state = { event: null, entries: {}, queue: [], since: null, list: null, ...load() };
  const on = (what, event, act) => $(what).addEventListener(event, act, { signal });
  on("[data-door-camera]", "click", film);
  on("[data-door-file]", "change", event => { photo(event.target).catch(() => say("noline")); });
  on("[data-door-renew]", "click", () => renew());
  on("[data-door-new]", "click", () => { $("[data-door-sure]").hidden = false; });
  on("[data-door-begin]", "click", () => begin($("#door-name").value.trim() || new Date().toLocaleString(document.documentElement.lang, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" })));
  addEventListener("online", () => { renew(); pull(); }, { signal });
  timer = setInterval(() => { renew(); pull(); }, renewEvery);
  $("[data-door-live]").hidden = !("BarcodeDetector" in window && navigator.mediaDevices);
  show();
  renew();
  pull();
}

export function detach() {
  root = null;
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
  if (!root) return;
  $("[data-door-count]").textContent = Object.keys(state.entries).length;
  $("[data-door-event]").textContent = state.event?.name ?? "";
  $("[data-door-unsent]").hidden = !state.queue.length;
  $("[data-door-unsent] b").textContent = state.queue.length;
  $("[data-door-time]").textContent = state.list ? clock(state.list.cameAt) : $("[data-door-age]").dataset.never;
}

// Named by whoever pressed; without a name it is the evening that begins with its first card, which is the same at every door.
function begin(name) {
  // Any sixteen bytes name it; without https there is no randomUUID.
  const id = hex(crypto.getRandomValues(new Uint8Array(16))).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  [state.event, state.entries, state.since] = [{ id, name, began: now() }, {}, null];
  $("[data-door-sure]").hidden = true;
  if (!name) return;
  $("#door-name").value = "";
  tell(null);
  keep();
  pull();
}

// By the portal's clock: the times of several devices stand beside each other.
const now = () => Date.now() + (state.list?.ahead ?? 0);

// Says what this door saw and hears what the others did; asked again meanwhile, it does so once more.
export function pull() {
  if (!root) return talking;
  again = !!talking;
  return talking ??= talk().catch(() => {}).finally(() => {
    talking = null;
    if (again) pull();
  });
}

async function talk() {
  const entries = state.queue.slice(0, atOnce);
  const mine = state.event;
  const answer = await fetch(root.dataset.report, {
    method: "POST", headers: { "Content-Type": "application/json" }, signal: AbortSignal.timeout(10_000),
    body: JSON.stringify({ begun: mine && !mine.known ? mine : null, entries, known: mine?.id, since: state.since }),
  });
  if (!answer.ok) return;
  const news = await answer.json();
  state.queue = state.queue.filter(each => !entries.includes(each));
  again ||= state.queue.length > 0;

  // A colleague began another one while this was on its way: theirs is heard of the next time.
  if (state.event !== mine) return keep();
  if (news.event && news.event.id !== mine?.id) [state.event, state.entries] = [news.event, {}];
  if (state.event) state.event.known = true;
  for (const { seal, at } of [...news.cards, ...state.queue]) state.entries[seal] = Math.min(at, state.entries[seal] ?? at);
  state.since = news.readAt;
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
  const told = before ? seen(before) : ["in"];
  say(...told, card.number);
  learn(code, card, told, turn);
}

// Nobody waits for the portal: the next card may be there before its answer.
async function learn(code, card, told, mine) {
  // Another event may begin meanwhile, with no card in it yet.
  const at = state.entries[card.seal];
  const said = await ask(root.dataset.check, code);
  if (said && said.state !== "valid") {
    // The list was older than what happened since.
    if (told[0] === "in") delete state.entries[card.seal];
    keep();
    if (mine === turn) say(said.state, card.number);
    return;
  }

  if (told[0] === "in") await share(card.seal, at);
  if (!said || mine !== turn) return;
  const first = state.entries[card.seal];

  // It came through another door while neither knew of the other.
  if (told[0] === "in" && at - first > atLeast) say(...seen(first), said.name, card.number, said.standing);
  else tell(...told, said.name, card.number, said.standing);
}

// Without https the browser checks nothing, and the portal is asked; the code itself tells one card from another.
async function alone(code) {
  const said = await ask(root.dataset.check, code);
  if (!said) return say("noline");
  if (said.state !== "valid") return say(said.state);
  const seal = sealOf(code);
  const before = enter(seal);
  say(...(before ? seen(before) : ["in"]), said.name, said.standing);
  if (!before) share(seal, state.entries[seal]);
}

const seen = at => ["again", root.dataset.entered.replace("{0}", clock(at))];

// When this card was here before, at whatever door; nothing where it comes for the first time this evening.
function enter(seal) {
  if (now() - (state.event?.began ?? 0) > evening) begin(null);
  const before = state.entries[seal];
  state.entries[seal] ??= now();
  keep();
  return before;
}

async function share(seal, at) {
  const { id, name, began } = state.event;
  state.entries[seal] ??= at;
  state.queue.push({ event: { id, name, began }, seal, at });
  keep();

  // What is on its way already does not say this one.
  await talking;
  await pull();
}
