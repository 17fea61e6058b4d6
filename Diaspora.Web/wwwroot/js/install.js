// The hint that the portal can stand on the phone's first screen. A browser says itself whether it can put it there; on an iPhone it is done by
// hand. It is shown on one day, and never again once it was pressed away or followed.
(function () {
  const mark = "install-hint";
  const isApp = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
  const isByHand = /iPhone|iPad/.test(navigator.userAgent) && "standalone" in navigator;
  const today = new Date().toDateString();
  let ask = null;

  function said() {
    try {
      return localStorage.getItem(mark);
    } catch {
      // A browser that remembers nothing would be told each time.
      return "done";
    }
  }

  function say(word) {
    try {
      localStorage.setItem(mark, word);
    } catch {
      // Then it is not said at all.
    }
  }

  const isWanted = () => !isApp && (ask !== null || isByHand) && (said() ?? today) === today;

  function show() {
    for (const hint of document.querySelectorAll("[data-install]")) {
      const isShown = isWanted();
      if (hint.hidden === !isShown) continue;
      hint.hidden = !isShown;
      if (isShown) say(today);
      for (const part of hint.querySelectorAll("[data-install-when]")) part.hidden = (part.dataset.installWhen === "asked") !== (ask !== null);
      hint.querySelector("[data-install-now]").hidden = ask === null;
    }
  }

  const watcher = new MutationObserver(show);

  function begin() {
    if (!isWanted()) return;
    watcher.observe(document.documentElement, { subtree: true, childList: true });
    show();
  }

  function end() {
    say("done");
    watcher.disconnect();
    show();
  }

  addEventListener("beforeinstallprompt", event => {
    // Not at once and over everything, but by our own hint, where the page has one.
    event.preventDefault();
    ask = event;
    begin();
  });
  addEventListener("appinstalled", end);
  document.addEventListener("click", event => {
    if (event.target.closest("[data-install-now]")) ask?.prompt();
    if (event.target.closest("[data-install-now], [data-install-later]")) end();
  });
  begin();
})();
