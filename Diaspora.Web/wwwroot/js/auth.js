// Sign-in pages work without this; with it a password can be looked at, and a form is not sent twice. It listens on the document: the
// language switch puts other forms in the place of these.
const reveals = "button[data-reveals]";
const buttonsOf = form => [...form.querySelectorAll("button[type=submit]")];

function show(button, shown) {
  document.getElementById(button.dataset.reveals).type = shown ? "text" : "password";
  button.setAttribute("aria-label", shown ? button.dataset.hide : button.dataset.show);
  for (const face of button.querySelectorAll("[data-when]")) face.hidden = (face.dataset.when === "shown") !== shown;
}

// A button that needs this script is shown by it.
const ready = () => document.querySelectorAll(reveals).forEach(button => { button.hidden = false; });
new MutationObserver(ready).observe(document.body, { childList: true });
ready();

document.addEventListener("click", event => {
  const button = event.target.closest(reveals);
  if (button) show(button, document.getElementById(button.dataset.reveals).type === "password");
});

document.addEventListener("submit", event => {
  if (event.target.method !== "post") return;
  // Covered again before it leaves, so that no browser offers it among what was typed into text fields.
  for (const button of event.target.querySelectorAll(reveals)) show(button, false);
  setTimeout(() => buttonsOf(event.target).forEach(button => { button.disabled = true; }));
});

// Back from the next page: the browser shows this one as it was left.
addEventListener("pageshow", () => document.querySelectorAll("form[method=post]").forEach(form => buttonsOf(form).forEach(button => { button.disabled = false; })));
