// Keeps a page of our own for when there is no connection, with the files it is made of, and a receipt on its way from another program.
// Never a page of the portal, and never an answer to a question about anybody. What `portal` holds is written before this by the portal.
const pages = `pages-${portal.version}`;
const shared = "shared";
const files = /^\/(?:sheets|scripts|js|img)\/|^\/favicon\.ico$/;

addEventListener("install", event => {
  skipWaiting();
  event.waitUntil(install());
});
addEventListener("activate", event => event.waitUntil(activate()));
addEventListener("fetch", event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (request.method === "POST" && pathname === portal.share) event.respondWith(take(request));
    // Asked for by the browser itself, as if there were no worker: it says truly who led there. Where it cannot, it is left alone.
    else if (request.method === "GET" && event.preloadResponse) event.respondWith(open(event));
  } else if (request.method === "GET" && files.test(pathname)) event.respondWith(file(request));
});

async function install() {
  const answer = await fetch(portal.offline, { cache: "reload" });
  if (!answer.ok || answer.redirected) throw new Error("no page to keep");
  const parts = [...(await answer.clone().text()).matchAll(/(?:href|src)="([^"?]+\.(?:css|js|svg|png|ico))"/g)].map(match => match[1]);
  const cache = await caches.open(pages);
  await cache.addAll([...new Set(parts)]);
  await cache.put(portal.offline, answer);
}

async function activate() {
  for (const name of await caches.keys()) if (name !== pages && name !== shared) await caches.delete(name);
  await registration.navigationPreload?.enable();
}

async function open(event) {
  try {
    return await event.preloadResponse ?? await fetch(event.request);
  } catch {
    return await caches.match(portal.offline, { cacheName: pages }) ?? Response.error();
  }
}

const file = async request => await caches.match(request, { cacheName: pages }) ?? fetch(request);

// Somebody shared a receipt with the portal. It is kept here until its owner says which payment it is for: they may have to sign in first.
async function take(request) {
  let refused = "again";
  try {
    const sent = (await request.formData()).getAll("files").filter(part => part instanceof File && part.size > 0);
    const receipts = sent.filter(part => /^image\/|^application\/pdf$/.test(part.type));
    const small = receipts.filter(part => part.size <= portal.maxBytes);
    const kept = small.slice(0, portal.maxFiles);
    await caches.delete(shared);
    const cache = await caches.open(shared);
    for (const [index, part] of kept.entries()) {
      const headers = { "Content-Type": part.type, "X-Name": encodeURIComponent(part.name), "X-Kept": Date.now() };
      await cache.put(`${portal.share}/${index}`, new Response(part, { headers }));
    }
    refused = sent.length === 0 ? "none" : receipts.length < sent.length ? "kind" : small.length < receipts.length ? "large" : kept.length < small.length ? "many" : null;
  } catch {
    // What cannot be kept is asked for once more.
  }
  return Response.redirect(portal.shared + (refused ? `?refused=${refused}` : ""), 303);
}

// What the portal tells its member: words and language were chosen there. Each message shows itself, as browsers ask.
addEventListener("push", event => event.waitUntil(tell(event.data?.json() ?? {})));
addEventListener("notificationclick", event => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data ?? "/"));
});

async function tell({ tag, title, text, link, language }) {
  await registration.showNotification(title ?? portal.name, { body: text, tag, lang: language, data: link, icon: "/img/icon-192.png", badge: "/img/icon-192.png" });
  await navigator.setAppBadge?.();
}

// To a page of the portal that is open already, or to a new one.
async function lead(link) {
  await navigator.clearAppBadge?.();
  const [open] = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!open) return clients.openWindow(link);
  await open.focus();
  return open.navigate(link).catch(() => clients.openWindow(link));
}
