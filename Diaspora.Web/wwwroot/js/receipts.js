// Sends chosen receipts one by one, with progress, from the plain form of the page. It listens on the document, so it works for a
// form that came later, and goes on when the circuit is gone. The list of receipts refreshes by itself through the live page; where
// it does not, a plain line says that the file is there, until it does.
(function () {
  const accepted = 200;

  // How long the live page may take to list a receipt.
  const patience = 1500;

  // How long nothing may move, on the way and then until the answer: a line that is frozen says nothing by itself.
  const stall = 15000;
  const longest = 30000;

  function send(form, file, onProgress) {
    return new Promise((resolve, reject) => {
      const data = new FormData();
      for (const field of form.querySelectorAll("input[type=hidden]")) data.append(field.name, field.value);
      data.append("files", file, file.name);
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      let watch = setTimeout(() => request.abort(), stall);
      const wait = time => {
        clearTimeout(watch);
        watch = setTimeout(() => request.abort(), time);
      };
      request.upload.onprogress = event => {
        wait(event.loaded === event.total ? longest : stall);
        if (event.lengthComputable) onProgress(event.loaded / event.total);
      };
      request.onloadend = () => clearTimeout(watch);
      request.onerror = request.ontimeout = request.onabort = () => reject(new Error("network"));
      request.onload = () => request.status === accepted && request.response ? resolve(request.response) : reject(new Error(request.status));
      request.send(data);
    });
  }

  function show(form, selector, text) {
    const element = form.querySelector(selector);
    if (element) element.textContent = text;
  }

  function addError(form, file, message) {
    const line = document.createElement("li");
    line.textContent = file + ": " + message;
    form.querySelector("[data-errors]").append(line);
    return line;
  }

  // What did not arrive is offered again: the file is still here, and nobody has to look for it a second time.
  function offerAgain(form, file, line) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn text";
    button.dataset.sendsAgain = "";
    button.textContent = document.querySelector("#line [data-again]").textContent;
    button.addEventListener("click", async () => {
      const input = form.querySelector("input[type=file]");
      if (input.disabled) return;
      input.disabled = true;
      line.remove();
      await upload(form, [file], false);
      input.disabled = false;
    });
    line.append(" ", button);
  }

  const isListed = url => !!document.querySelector(`[data-listed] a[href="${url}"], .papers a[href="${url}"]`);

  function addTaken(form, taken) {
    const list = form.querySelector("[data-taken]");
    if (!form.isConnected || !list || isListed(taken.url)) return;
    const line = document.createElement("li");
    const link = document.createElement("a");
    line.className = "filerow";
    link.className = "g";
    link.href = taken.url;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = taken.file;
    line.append(link);
    list.append(line);
    const watcher = new MutationObserver(() => {
      if (!isListed(taken.url)) return;
      line.remove();
      watcher.disconnect();
    });
    watcher.observe(document.body, { childList: true, subtree: true });
  }

  async function upload(form, files, isNew = true) {
    const limit = Number(form.dataset.max);
    let sent = 0;
    if (isNew) show(form, "[data-errors]", "");
    form.setAttribute("aria-busy", "true");
    for (const file of files) {
      if (file.size > limit) { addError(form, file.name, form.dataset.tooLarge); continue; }
      if (file.size === 0) { addError(form, file.name, form.dataset.empty); continue; }
      show(form, "[data-progress]", form.dataset.sending);
      try {
        const answer = await send(form, file, part => show(form, "[data-progress]", form.dataset.sending + " " + Math.floor(part * 100) + " %"));
        for (const error of answer.errors) addError(form, error.file, error.message);
        for (const taken of answer.taken) setTimeout(() => addTaken(form, taken), patience);
        if (answer.ok) sent++;
      } catch {
        offerAgain(form, file, addError(form, file.name, form.dataset.failed));
      }
    }
    form.removeAttribute("aria-busy");
    show(form, "[data-progress]", sent > 0 ? form.dataset.done : "");
    document.dispatchEvent(new CustomEvent("receipts:sent", { detail: { files, isAll: sent === files.length } }));
  }

  document.addEventListener("change", async event => {
    const input = event.target.closest("form[data-receipts] input[type=file]");
    if (!input || input.files.length === 0) return;
    const form = input.form;
    const files = [...input.files];
    input.disabled = true;
    try {
      await upload(form, files);
    } finally {
      input.value = "";
      input.disabled = false;
    }
  });
})();
