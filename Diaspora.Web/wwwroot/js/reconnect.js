// The bar under the app bar while the circuit is away. Blazor reports its state; we decide what a person sees and when to try again.
(function () {
  const bar = document.getElementById("components-reconnect-modal");
  if (!bar) return;

  let typed = false;
  let timer = 0;
  document.addEventListener("input", () => { typed = true; }, true);

  const show = state => { bar.dataset.state = state; };
  const hide = () => {
    clearTimeout(timer);
    delete bar.dataset.state;
  };

  // Someone who has typed decides when the page goes; for everybody else it is simply fresh again.
  function giveUp() {
    clearTimeout(timer);
    if (typed) show("stale"); else location.reload();
  }

  async function retry() {
    clearTimeout(timer);
    if (!navigator.onLine) return show("offline");
    show("retrying");
    try {
      if (await Blazor.reconnect() || await Blazor.resumeCircuit()) hide(); else giveUp();
    } catch {
      timer = setTimeout(retry, 5000);
    }
  }

  bar.addEventListener("components-reconnect-state-changed", event => {
    switch (event.detail.state) {
      case "show":
      case "retrying":
        return show(navigator.onLine ? "retrying" : "offline");
      case "hide":
        return hide();
      case "failed":
      case "paused":
        return void retry();
      case "rejected":
      case "resume-failed":
        return giveUp();
    }
  });

  const awake = () => { if (bar.dataset.state === "retrying" || bar.dataset.state === "offline") retry(); };
  window.addEventListener("online", awake);
  window.addEventListener("offline", () => { if (bar.dataset.state) show("offline"); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") awake(); });
  bar.addEventListener("click", event => { if (event.target.closest("button")) location.reload(); });
})();
