// A receipt beside the decision: its picture is made larger and turned here, and its keys press the buttons that are shown. What it is and which one is shown, the page knows.
const typesIn = target => target.closest?.("input, textarea, select, [contenteditable=true]");
const viewer = () => document.querySelector("[data-viewer]");
const looks = new WeakMap();
const most = 6;

// The screen of a phone is tall: at this width its letters are read, and the rest is scrolled to.
const readable = 380;

const keys = {
  Equal: "larger", NumpadAdd: "larger", Minus: "smaller", NumpadSubtract: "smaller", KeyR: "turn", ArrowRight: "next", ArrowLeft: "back",
};
const acts = {
  larger: look => { look.zoom = Math.min(most, look.zoom * 1.4); },
  smaller: look => { look.zoom = Math.max(.5, look.zoom / 1.4); },
  turn: look => { look.turn = (look.turn + 1) % 4; },
};
let last;

function draw(image) {
  const box = image.parentElement;
  if (!image.naturalWidth || !box?.clientWidth) return;
  const look = looks.get(image) ?? { zoom: 1, turn: 0 };
  looks.set(image, look);
  const lies = look.turn % 2;
  const [across, down] = lies ? [image.naturalHeight, image.naturalWidth] : [image.naturalWidth, image.naturalHeight];
  const [wide, whole] = [box.clientWidth / across, Math.min(box.clientWidth / across, box.clientHeight / down)];
  const scale = Math.min(2, Math.max(whole, Math.min(wide, readable / across))) * look.zoom;
  const [width, height] = [image.naturalWidth * scale, image.naturalHeight * scale];

  // What is turned keeps the place it had upright; the margins give it the one it needs.
  const more = lies ? (width - height) / 2 : 0;
  Object.assign(image.style, { width: `${width}px`, height: `${height}px`, maxWidth: "none", maxHeight: "none", margin: `${more}px ${-more}px`, rotate: `${look.turn * 90}deg` });
}

const images = () => document.querySelectorAll("[data-viewer] .paper img");

function unhide(element, what) {
  const sentence = element.closest("[data-viewer]")?.querySelector(what);
  if (sentence) sentence.hidden = false;
}

function came(element) {
  if (element.matches?.("[data-viewer] .paper img")) draw(element);
  else if (element.matches?.("[data-viewer] iframe") && !navigator.pdfViewerEnabled) unhide(element, "[data-paper-plain]");
}

document.addEventListener("load", event => came(event.target), true);
document.addEventListener("error", event => {
  if (!event.target.matches?.("[data-viewer] .paper img")) return;
  unhide(event.target, "[data-paper-broken]");
  event.target.parentElement.style.display = "none";
}, true);
addEventListener("resize", () => images().forEach(draw));

document.addEventListener("click", event => {
  const button = event.target.closest?.("[data-paper]");
  const act = acts[button?.dataset.paper];
  const image = button?.closest("[data-viewer]").querySelector(".paper img");
  if (!act || !looks.has(image)) return;
  act(looks.get(image));
  draw(image);
});

document.addEventListener("keydown", event => {
  const button = keys[event.code] && viewer()?.querySelector(`[data-paper=${keys[event.code]}]`);
  if (!button || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typesIn(event.target) || document.querySelector("[role=dialog]")) return;
  if (event.code.startsWith("Arrow") && event.target.closest?.(".paper")) return;
  event.preventDefault();
  button.click();
});

// A viewer of PDFs takes the keyboard when it has drawn; it is left to it only where somebody went there.
document.addEventListener("focusin", event => { if (!event.target.matches("iframe")) last = event.target; });
addEventListener("blur", () => setTimeout(() => {
  const frame = document.activeElement;
  if (frame?.matches("[data-viewer] iframe") && !frame.matches(":hover") && last?.isConnected) last.focus({ preventScroll: true });
}));

images().forEach(came);
document.querySelectorAll("[data-viewer] iframe").forEach(came);
