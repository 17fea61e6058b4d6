// What somebody types belongs to them until it is saved: a render does not write over it, and a reload, a restart or Back does not
// lose it. It stays in this tab's sessionStorage and goes to no server. All of it listens on the document, so it works for every
// text field, whoever made it. docs/decisions/0028-what-is-typed.md
(() => {
  const store = "drafts";
  const day = 24 * 60 * 60 * 1000;
  const word = 1000;
  const session = document.documentElement.dataset.session;
  const fields = "input, textarea";

  // Before that the page is only shown; then Blazor puts another one in its place.
  const isLive = () => document.documentElement.dataset.line !== "loading";

  // A search lives in the address; a password and a one-time code are kept nowhere.
  const kinds = /^(text|email|tel|url|number|month|date|week|time|datetime-local|textarea)$/;
  const isText = element => element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement && (kinds.test(element.type) || element.type === "search");
  const isKept = field => kinds.test(field.type) && !field.readOnly && !/password|one-time-code/.test(field.autocomplete) && field.getAttribute("role") !== "combobox";

  // --- A field that is being typed in is its typist's.
  // Blazor writes what the server answers by setting `value`. An answer to an earlier letter must not undo a later one, so while the
  // last thing somebody did was to type here, such a write is let go by. Enter, Escape, a press or leaving the field ends that.
  let typedIn = null, typedAt = 0;
  const valueOf = field => Object.getOwnPropertyDescriptor(field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype, "value");
  const release = () => {
    if (typedIn) delete typedIn.value;
    typedIn = null;
  };
  const hold = field => {
    if (typedIn === field || !isText(field)) return;
    release();
    typedIn = field;
    const { get, set } = valueOf(field);
    Object.defineProperty(field, "value", { configurable: true, get() { return get.call(this); }, set(text) { if (document.activeElement !== this) set.call(this, text); } });
  };
  let isOurs = false;
  const write = (field, text) => {
    valueOf(field).set.call(field, text);
    isOurs = true;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    isOurs = false;
  };

  // --- What is kept: by path, form and field, with what the server had there before.
  let drafts = {};
  try {
    const kept = JSON.parse(sessionStorage.getItem(store));
    if (session && kept?.session === session) drafts = Object.fromEntries(Object.entries(kept.drafts).filter(([, draft]) => Date.now() - draft.at < day));
  } catch {
    // Nothing that can be read was kept.
  }
  let isChanged = false;
  const save = () => {
    isChanged = false;
    try {
      if (Object.keys(drafts).length > 0) sessionStorage.setItem(store, JSON.stringify({ session, drafts })); else sessionStorage.removeItem(store);
    } catch {
      // A browser without room or leave to keep it: what is typed is on the page all the same.
    }
  };
  save();

  const met = new Map();
  const known = new WeakMap();
  const here = new Set();
  const early = new Set();
  const partOf = field => field.closest("[data-draft]");
  const formOf = element => element.closest("[role=dialog]") ?? element.closest("[data-draft]") ?? element.closest("form");

  function keyOf(field) {
    const part = partOf(field);
    // A name that MudBlazor makes up is another one each time.
    const name = field.id.startsWith("mudinput") ? field.name : field.id || field.name;
    // Of a dialog the address does not say whom it is about: only one that says so itself is kept.
    return session && name && isKept(field) && (part || !field.closest("[role=dialog]")) ? [location.pathname, part?.dataset.draft ?? "", name].join("|") : null;
  }

  const forget = (field, key) => {
    if (drafts[key]) isChanged = delete drafts[key];
    known.set(field, field.value);
  };
  const fieldsIn = element => [...met].filter(([field]) => element.contains(field));

  // A field appeared: what was typed into it before is put back, unless somebody has changed it since; then it is offered.
  function meet(field) {
    const key = met.has(field) ? null : keyOf(field);
    if (!key) return;
    met.set(field, key);
    known.set(field, field.value);
    goOn(field, key);
    const draft = drafts[key];
    if (!draft) return;
    if (draft.text === field.value) {
      if (here.has(key)) known.set(field, draft.seen); else forget(field, key);
    } else if (draft.seen === field.value) {
      write(field, draft.text);
      if (!early.has(key) || isLive()) tell("drafts-back", field, key);
    } else {
      tell("drafts-other", field, key);
    }
  }

  // --- The line that says so, at the head of the form. Texts come with the page.
  const nameOf = field => (field.labels?.[0]?.firstChild ?? field.labels?.[0])?.textContent.trim() || field.ariaLabel || "";

  function tell(kind, field, key) {
    const place = partOf(field) ?? field.form ?? document.getElementById("main");
    let line = place.querySelector(`:scope > [data-told=${kind}]`);
    if (!line) {
      line = document.getElementById(kind).content.firstElementChild.cloneNode(true);
      line.told = new Map();
      line.addEventListener("click", event => answer(line, event.target.closest("button")));
      place.prepend(line);
    }
    line.told.set(field, key);
    line.querySelector("[data-fields]").textContent = [...line.told.keys()].map(one => kind === "drafts-back" ? nameOf(one) : `${nameOf(one)}: «${drafts[line.told.get(one)].text}»`).join(", ");
  }

  function answer(line, button) {
    if (!button) return;
    for (const [field, key] of line.told) {
      const draft = drafts[key];
      if (!draft || !field.isConnected) continue;
      if (button.value === "mine") write(field, draft.text);
      else {
        if (line.dataset.told === "drafts-back") write(field, draft.seen);
        forget(field, key);
      }
    }
    save();
    line.told.keys().next().value?.focus();
    line.remove();
  }

  // --- Blazor replaces the whole page when its circuit starts: the field, the caret and the focus go on.
  let at = null;
  const mark = field => { at = met.has(field) ? { key: met.get(field), field, start: field.selectionStart, end: field.selectionEnd } : null; };
  function goOn(field, key) {
    if (at?.key !== key || at.field.isConnected || isLive()) return;
    const { start, end } = at;
    const text = drafts[key]?.text;
    if (text !== undefined) valueOf(field).set.call(field, text);
    field.focus({ preventScroll: true });
    if (start !== null) field.setSelectionRange(start, end);
    if (text !== undefined) write(field, text);
    at = { key, field, start, end };
  }

  // --- What people do.
  let decided = null;
  const act = form => {
    decided = form;
    release();
  };
  document.addEventListener("beforeinput", event => meet(event.target), true);
  document.addEventListener("input", event => {
    const field = event.target;
    if (!isText(field)) return;
    if (document.activeElement === field) hold(field);
    decided = null;
    const key = met.get(field);
    if (!key) return;
    if (field.value === known.get(field)) delete drafts[key];
    else drafts[key] = { text: field.value, seen: known.get(field), at: Date.now() };
    if (!isOurs) {
      typedAt = Date.now();
      mark(field);
      here.add(key);
      if (!isLive()) early.add(key);
    }
    save();
  }, true);
  document.addEventListener("focusin", event => {
    // A page puts the focus on its heading once it is live, a dialog on itself once it is open: later than somebody begins to type.
    // Only in the middle of a word: afterwards a screen reader goes where it wants, and the portal to what was refused.
    if (typedIn?.isConnected && Date.now() - typedAt < word && typedIn !== event.target && !event.target.matches("input, textarea, select, button, summary, a[href]")) return typedIn.focus({ preventScroll: true });
    release();
    if (!isText(event.target)) return;
    meet(event.target);
    if (!drafts[met.get(event.target)]) known.set(event.target, event.target.value);
    mark(event.target);
  }, true);
  document.addEventListener("selectionchange", () => { if (at?.field === document.activeElement) mark(at.field); });
  document.addEventListener("pointerdown", event => { if (event.target !== typedIn) release(); at = null; }, true);
  document.addEventListener("keydown", event => {
    if (event.key === "Tab") {
      at = null;
      release();
    }
    if (event.key === "Escape") act(null);
    if (event.key === "Enter" && event.target === typedIn) release();
  }, true);
  // Saved or given up with a button: then it goes with its form. Escape, a press beside it and Back only put it aside.
  // A press that a script makes of Escape is none; one elsewhere on the page, while the answer is on its way, changes nothing.
  document.addEventListener("click", event => {
    const form = event.isTrusted && event.target.closest("button") ? formOf(event.target) : null;
    act(form || event.target.closest("a[href]") || document.querySelector("[role=dialog]") ? form : decided);
  }, true);
  // On the window: where the circuit is gone, js/line.js lets a form go no further.
  addEventListener("submit", event => act(formOf(event.target)), true);
  addEventListener("popstate", () => act(null), true);

  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === "attributes") {
        // The form says that it was saved.
        for (const [field, key] of fieldsIn(change.target)) forget(field, key);
        for (const line of change.target.querySelectorAll("[data-told]")) line.remove();
        continue;
      }
      for (const node of change.removedNodes) {
        if (!(node instanceof Element) || node.isConnected) continue;
        // Not when the whole page is put in place anew.
        const isOver = decided?.isConnected === false && node.contains(decided) && isLive() && !node.querySelector("main");
        for (const [field, key] of fieldsIn(node)) {
          if (isOver && drafts[key]) isChanged = delete drafts[key];
          met.delete(field);
        }
      }
      for (const node of change.addedNodes) {
        if (!(node instanceof Element)) continue;
        if (node.matches(fields)) meet(node);
        for (const field of node.querySelectorAll(fields)) meet(field);
      }
    }
    if (isChanged) save();
  }).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-saved"] });
  // Somebody may have typed before this was loaded. What the browser itself has put back is not taken for that.
  const isNew = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  for (const field of document.querySelectorAll(fields)) {
    const key = isNew && isText(field) && field.value !== field.defaultValue ? keyOf(field) : null;
    if (key) {
      met.set(field, key);
      known.set(field, field.defaultValue);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } else meet(field);
  }
  if (document.activeElement && isText(document.activeElement)) mark(document.activeElement);

  window.drafts = {
    // Whether something on this page is typed and not saved.
    any: () => [...met].some(([field, key]) => field.isConnected && drafts[key]),

    // Whoever signs out takes it along.
    clear() {
      drafts = {};
      save();
    }
  };
})();
