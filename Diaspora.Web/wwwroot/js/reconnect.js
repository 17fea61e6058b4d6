// Starts Blazor, and joins its circuit again when the connection was lost: at once, then every second, and at once when the browser says
// that it is online. Blazor's own way pauses for up to half a minute, and cannot be hurried without a second attempt beside the first.
(function () {
  const pause = 1000;
  let isJoining = false;

  function nextTry() {
    return new Promise(resolve => {
      const timer = setTimeout(next, navigator.onLine ? pause : 5 * pause);
      addEventListener("online", next);
      document.addEventListener("visibilitychange", next);
      function next() {
        clearTimeout(timer);
        removeEventListener("online", next);
        document.removeEventListener("visibilitychange", next);
        resolve();
      }
    });
  }

  async function join() {
    if (isJoining) return;
    isJoining = true;
    for (;;) {
      try {
        if (await Blazor.reconnect() || await Blazor.resumeCircuit()) break;
        isJoining = false;
        return giveUp();
      } catch {
        await nextTry();
      }
    }
    isJoining = false;
    // A connection that broke while it was opened has shown Blazor's bar; it is back now.
    document.getElementById("blazor-error-ui").style.display = "";
    line.up();
  }

  // This page's circuit is gone for good. What was typed is kept by js/drafts.js, so a fresh page has it again.
  function giveUp() {
    window.drafts?.leaveUnasked?.();
    location.reload();
  }

  Blazor.start({
    circuit: {
      // No package brings any, and to ask for them costs a round trip.
      initializers: { beforeStart: [], afterStarted: [] },
      reconnectionHandler: {
        onConnectionDown() {
          line.down();
          join();
        },
        onConnectionUp() {},
      },
    },
  });
})();
