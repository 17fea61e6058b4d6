// The page that a card's code leads to. The code stands behind the sign of the address, which no browser sends along.
import { ask, canCheck, codeOf, download, read } from "./card.js";

const page = document.querySelector("[data-card-check]");

function show(state, name) {
  for (const part of page.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
  const whose = page.querySelector("[data-name]");
  whose.textContent = name ?? "";
  whose.parentElement.hidden = !name;
}

async function check() {
  const code = codeOf(location.hash);
  if (!code) return show("empty");
  show("waits");
  try {
    // What is no card of ours is not sent anywhere.
    const own = canCheck ? await read(code, await download(page.dataset.cardList)) : { state: "valid" };
    if (own.state !== "valid") return show(own.state);
    const said = await ask(page.dataset.cardCheck, code);
    if (code === codeOf(location.hash)) show(said?.state ?? (canCheck ? "valid" : "away"), said?.name);
  } catch {
    show("away");
  }
}

// The other language leads here again, and would forget what was asked.
document.addEventListener("click", event => {
  const link = event.target.closest("a[hreflang]");
  if (link) link.hash = location.hash;
});
addEventListener("hashchange", check);
check();
