// Sign-in pages work without this; with it a password can be looked at, and a form is not sent twice.
for (const button of document.querySelectorAll("button[data-reveals]")) {
  const input = document.getElementById(button.dataset.reveals);
  const show = shown => {
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-label", shown ? button.dataset.hide : button.dataset.show);
    for (const face of button.querySelectorAll("[data-when]")) face.hidden = (face.dataset.when === "shown") !== shown;
  };
  button.hidden = false;
  button.addEventListener("click", () => show(input.type === "password"));
  // Covered again before it leaves, so that no browser offers it among what was typed into text fields.
  input.form.addEventListener("submit", () => show(false));
}

for (const form of document.querySelectorAll("form[method=post]")) {
  const buttons = form.querySelectorAll("button[type=submit]");
  form.addEventListener("submit", () => setTimeout(() => buttons.forEach(button => { button.disabled = true; })));
  // Back from the next page: the browser shows this one as it was left.
  window.addEventListener("pageshow", () => buttons.forEach(button => { button.disabled = false; }));
}
