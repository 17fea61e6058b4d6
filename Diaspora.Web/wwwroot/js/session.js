// Whoever signs out means this browser: its other tabs must not go on. The page that comes after tells them, because then the session
// is surely over; what a page says on its way out may be lost with it.
(function () {
  const mark = "signing-out";
  const form = "form[data-sign-out]";
  const tabs = new BroadcastChannel("session");

  tabs.addEventListener("message", () => { if (document.querySelector(form)) { leave(); location.reload(); } });
  document.addEventListener("submit", event => {
    if (!event.target.matches(form)) return;
    sessionStorage.setItem(mark, "yes");
    addEventListener("pagehide", leave);
  });

  // What was typed and not saved goes with the session.
  function leave() {
    window.drafts?.clear();
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

  if (sessionStorage.getItem(mark)) {
    sessionStorage.removeItem(mark);
    tabs.postMessage("signed-out");
  }
})();
