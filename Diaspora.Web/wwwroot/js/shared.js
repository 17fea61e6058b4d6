// A receipt that was shared with the portal waits with the worker until its owner says which payment it is for. The plain form of that payment
// sends it, as if it had been chosen there: js/receipts.js. What nobody asks for within an hour is forgotten, and so it is when somebody signs out.
(function () {
  const store = "shared";
  const longest = 60 * 60 * 1000;

  async function read() {
    const files = [];
    for (const answer of self.caches && await caches.has(store) ? await (await caches.open(store)).matchAll() : []) {
      if (Date.now() - Number(answer.headers.get("X-Kept")) > longest) { await forget(); return []; }
      const content = await answer.blob();
      files.push(new File([content], decodeURIComponent(answer.headers.get("X-Name")), { type: answer.headers.get("Content-Type") }));
    }
    return files;
  }

  const forget = () => caches.delete(store);

  let kept = [];
  const watcher = new MutationObserver(show);

  // A live page makes its parts anew.
  function show() {
    for (const box of document.querySelectorAll("[data-shared]")) {
      box.hidden = kept.length === 0;
      const name = box.querySelector("[data-shared-name]");
      const names = kept.map(file => file.name).join(", ");
      if (name.textContent !== names) name.textContent = names;
    }
  }

  async function drop() {
    kept = [];
    show();
    watcher.disconnect();
    await forget();
  }

  read().then(files => {
    if (files.length === 0) return;
    kept = files;
    watcher.observe(document.documentElement, { subtree: true, childList: true });
    show();
  }, () => {});

  document.addEventListener("click", event => {
    if (event.target.closest("[data-shared-forget]")) return void drop();
    const form = event.target.closest("[data-shared-send]")?.form;
    const input = form?.querySelector("input[type=file]");
    if (!input || input.disabled || kept.length === 0) return;
    give(input, kept);
  });

  // Only what has arrived is given up here.
  document.addEventListener("receipts:sent", event => { if (kept.length > 0 && event.detail.files.every(file => kept.includes(file)) && event.detail.isAll) drop(); });

  function give(input, files) {
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(file);
    input.files = chosen.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // A picture copied elsewhere is pasted where a receipt is asked for, unless one types at that moment.
  document.addEventListener("paste", event => {
    const input = document.querySelector("form[data-receipts] input[type=file]");
    const files = [...event.clipboardData?.files ?? []];
    if (!input || input.disabled || files.length === 0 || event.target.closest?.("[role=dialog], input:not([type=file]), textarea, [contenteditable=true]")) return;
    event.preventDefault();
    give(input, files);
  });
})();
