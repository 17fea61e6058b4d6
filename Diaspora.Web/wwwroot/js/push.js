// Whether this browser is told, and how to have it told: its leave is asked for by a press alone. What it answers goes in by the plain form of the page.
const form = () => document.querySelector("form[data-push]");
const isPossible = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

async function worker() {
  await navigator.serviceWorker.register("/sw.js?lang=" + document.documentElement.lang);
  return navigator.serviceWorker.ready;
}

const text = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function show(state) {
  if (!form()) return;
  for (const part of form().querySelectorAll("[data-push-when]")) part.hidden = part.dataset.pushWhen !== state;
  form().querySelector("[data-push-on]").hidden = state === "on" || state === "denied" || state === "impossible";
}

async function look() {
  if (!isPossible) return show("impossible");
  if (Notification.permission === "denied") return show("denied");
  const known = await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription();
  show(known && text(known.options.applicationServerKey) === form()?.dataset.push ? "on" : null);
}

async function switchOn() {
  if (await Notification.requestPermission() !== "granted") return look();
  const { pushManager } = await worker();
  const key = form().dataset.push;
  const known = await pushManager.getSubscription();
  if (known && text(known.options.applicationServerKey) !== key) await known.unsubscribe();
  const given = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const fields = form().elements;
  fields.namedItem("endpoint").value = given.endpoint;
  fields.namedItem("key").value = text(given.getKey("p256dh"));
  fields.namedItem("secret").value = text(given.getKey("auth"));
  form().submit();
}

// Loaded once however often the page is opened.
document.addEventListener("click", event => { if (event.target.closest("[data-push-on]")) switchOn().catch(() => show("failed")); });
new MutationObserver(() => { if (form() && !form().seen) { form().seen = true; look().catch(() => show("failed")); } }).observe(document.body, { subtree: true, childList: true });
if (form()) { form().seen = true; look().catch(() => show("failed")); }
