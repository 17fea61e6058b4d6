// The language switch beside a form: the same page comes in the other language, and what was typed is carried over in memory, the
// password and the tick with it. Nothing is stored. Without this the links lead to the page anew.
(() => {
  const typed = "input:not([type=hidden]), textarea, select";
  const nameOf = field => field.name || field.id;

  async function speak(link) {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const form = page.querySelector("form[method=post]");
    if (!answer.ok || !form) throw new Error("another page");
    const fresh = new Map([...page.querySelectorAll(typed)].map(field => [nameOf(field), field]));
    const focused = document.activeElement;
    const caret = focused?.selectionStart;
    // Last of all, so that what was typed while the answer was on its way comes along.
    for (const field of document.querySelectorAll(typed)) {
      const other = fresh.get(nameOf(field));
      if (!other) continue;
      other.value = field.value;
      other.checked = field.checked;
    }
    const language = page.querySelector(`a[lang=${link.lang}]`);
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
    document.body.replaceChildren(...page.body.childNodes);
    const field = fresh.get(nameOf(focused));
    (field ?? language)?.focus();
    if (field && caret != null) field.setSelectionRange(caret, caret);
  }

  document.addEventListener("click", event => {
    const link = event.target.closest("a[hreflang]");
    if (!link || !document.querySelector("form[method=post]") || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    speak(link).catch(() => { location.href = link.href; });
  });
})();
