// The portal as an app: a worker keeps a page for when there is no connection, and a receipt that was shared. Only whoever has or seeks a cabinet
// gets one, and not before the page is there. Each language is a worker of its own, because the page it keeps is.
addEventListener("load", () => {
  if (!("serviceWorker" in navigator) || !/^\/(?:auth|cabinet)(?:\/|$)/i.test(location.pathname)) return;
  const begin = self.requestIdleCallback ?? (start => setTimeout(start, 1000));
  begin(() => navigator.serviceWorker.register("/sw.js?lang=" + document.documentElement.lang).catch(() => {}));
});

// The page the worker shows in place of any other: the other is asked for again by itself.
addEventListener("online", () => { if (document.querySelector("[data-offline]")) location.reload(); });
