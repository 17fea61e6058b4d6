// A button with data-copy puts that text on the clipboard. Done here and not through the circuit: browsers allow it only at the
// very click, and a phone may have lost its circuit.
(function () {
  const shown = 2000;

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Pages without https have no clipboard of their own.
      const field = document.createElement("textarea");
      field.value = text;
      field.style.position = "fixed";
      field.style.opacity = "0";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  }

  document.addEventListener("click", async event => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const said = button.parentElement.querySelector("[data-copy-said]");
    if (!await copy(button.dataset.copy)) {
      if (said) said.textContent = button.dataset.copyFailed ?? "";
      return;
    }
    button.classList.add("is-copied");
    if (said) said.textContent = button.dataset.copied;
    clearTimeout(button.copyTimer);
    button.copyTimer = setTimeout(() => {
      button.classList.remove("is-copied");
      if (said) said.textContent = "";
    }, shown);
    button.focus();
  });
})();
