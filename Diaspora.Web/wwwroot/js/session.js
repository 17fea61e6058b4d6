// Whoever signs out means this browser: its other tabs must not go on. The page that comes after tells them, because then the session
// is surely over; what a page says on its way out may be lost with it.
(function () {
  const mark = "signing-out";
  const form = "form[data-sign-out]";

  // An old browser has no channel, a strict one refuses its storage. Then the other tabs are not told, and the page works all the same.
  const attempt = deed => {
    try {
      return deed();
    } catch {
      return null;
    }
  };
  const tabs = attempt(() => new BroadcastChannel("session"));

  tabs?.addEventListener("message", () => { if (document.querySelector(form)) { leave(); location.reload(); } });
  // On the window: where the circuit is gone, js/line.js lets a form go no further.
  addEventListener("submit", event => {
    if (!event.target.matches(form)) return;
    attempt(() => sessionStorage.setItem(mark, "yes"));
    addEventListener("pagehide", leave);
  }, true);

  // What was typed and not saved goes with the session, and what was pressed.
  function leave() {
    window.drafts?.clear();
    window.line?.forget();
    self.caches?.delete("shared").catch(() => {});

    // Nor is this browser told any more: its push service says so to the portal when the next message comes.
    navigator.serviceWorker?.getRegistration().then(worker => worker?.pushManager?.getSubscription()).then(told => told?.unsubscribe()).catch(() => {});
  }

  // A page that is used is a visit; one that only stays open is none.
  const every = 5 * 60 * 1000;
  let seen = Date.now();
  const see = () => {
    if (Date.now() - seen < every || !document.querySelector(form)) return;
    seen = Date.now();
    fetch("/auth/seen", { redirect: "manual" }).catch(() => {});
  };
  ["pointerdown", "keydown"].forEach(name => document.addEventListener(name, see, { passive: true }));

  attempt(() => {
    if (!sessionStorage.getItem(mark)) return;
    sessionStorage.removeItem(mark);
    tabs?.postMessage("signed-out");
  });
})();
