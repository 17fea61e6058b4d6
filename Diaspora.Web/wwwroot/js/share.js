// A file offered to whatever the phone shares with. Where the browser cannot, it is saved.
(function () {
  document.addEventListener("click", async event => {
    const button = event.target.closest("[data-share]");
    if (!button || button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    try {
      const answer = await fetch(button.dataset.share);
      if (!answer.ok) throw new Error(answer.status);
      await navigator.share({ files: [new File([await answer.blob()], button.dataset.shareName, { type: "application/pdf" })] });
    } catch (fault) {
      // Whoever closes the list of the phone has changed their mind; whatever else failed, the file can still be saved.
      if (fault.name !== "AbortError") location.assign(button.dataset.share);
    } finally {
      button.ariaBusy = null;
    }
  });
})();
