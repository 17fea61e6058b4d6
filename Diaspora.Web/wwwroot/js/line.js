// Is a press heard? Loaded in the head, so that it runs before there is anything to press. The answer stands on <html data-line>:
//   loading  the circuit is not alive yet         a press is stopped, and the bar says so
//   live     the last beat was answered           a press is sent, and its button shows that it is on its way
//   quiet    a beat was not answered in time      the same, and the bar says so; the portal takes it only while it is fresh
//   down     the browser is offline, or the circuit's connection is gone     a press is stopped, and the bar says so
//   stale    this page's circuit is gone for good, or never came     the same, and the bar offers a fresh page
// A press that was sent and is not known to have been heard is offered again. Links, real forms and what scripts do alone go their own way.
(function () {
  const root = document.documentElement;

  const every = 1000;      // from an answered beat to the next, while the page is looked at
  const patience = 1500;   // until an unanswered one is told: together under three seconds
  const dead = 8000;       // until a connection that says nothing is given up for a new one
  const fresh = 5500;      // the portal takes no press older than five seconds (PressAge.Limit): from then on it can be offered again and not happen twice
  const slow = 1500;       // until loading is told without being asked
  const hopeless = 30000;  // until a page that never came alive is offered anew
  const spoken = 4000;     // how long a sentence about a stopped press stays
  const keeping = 10 * 60 * 1000;
  const pressed = "line-pressed";
  const session = root.dataset.session;

  const controls = "button, summary, select, input[type=checkbox], input[type=radio], input[type=button], input[type=submit], [role=button], [role=menuitem], [role=option], [role=tab], [role=switch], [role=checkbox]";
  const typing = "textarea, [contenteditable=true], input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])";
  // A box turns over, so it is a press; these hold what was chosen, and can say it once more.
  const choosing = "select, input[type=radio]";

  let circuit = null;      // what answers beats
  const offsets = [];      // the portal's clock minus ours, at most, by the last answers
  let number = 0;
  let settleFrom = Infinity;   // the first beat after the connection came back
  let timer = 0, sentence = 0, deaf = 0;
  let isDown = false, isForced = false;
  let presses = [];        // sent, and not known to be heard
  let lost = [];           // sent into a connection that ended, until the circuit says whether it heard them
  let offer = null;
  let current = null;      // the press of this very task: a click may send a form, and that is one press
  let moved = 0;           // the beat after the last link, until it is answered
  const unanswered = new Map();
  const touched = new Map();   // fields and the beat that will prove that the circuit has their text
  const shownBefore = new WeakMap();

  root.dataset.line = "loading";

  // ---- What is told

  const state = () => root.dataset.line;
  const isHeard = () => state() === "live" || state() === "quiet";
  const bar = () => document.getElementById("line");

  function enter(next) {
    // From a page that is over only another circuit leads back.
    if (state() === next || state() === "stale" && next !== "live") return;
    root.dataset.line = next;
    if (next === "live") delete root.dataset.slow;
    ready();
    if (!isHeard()) unready();
    if (next === "quiet" || next === "down") keep();
    show();
  }

  function show(said) {
    const strip = bar();
    if (!strip) return;
    clearTimeout(sentence);
    if (said) sentence = setTimeout(show, spoken);
    const now = said
      ?? (state() === "stale" ? "stale"
        : state() === "down" ? (navigator.onLine ? "retrying" : "offline")
        : state() === "quiet" ? "quiet"
        : offer ? "missed"
        : state() === "loading" && "slow" in root.dataset ? "loading"
        : null);
    if (now === "missed") showOffer(strip);
    for (const part of strip.children) part.hidden = part.dataset.when !== now;
    if (now) strip.dataset.state = now; else delete strip.dataset.state;
  }

  function showOffer(strip) {
    const text = strip.querySelector("[data-missed]");
    const control = find(offer);
    const whose = offer.label ?? (control && subjectOf(control)?.label);
    text.textContent = (!offer.name ? text.dataset.nameless : offer.isUnsure ? text.dataset.unsure : text.dataset.missed).replace("{0}", () => whose ? `${offer.name} · ${whose}` : offer.name);
    strip.querySelector("[data-again]").hidden = !control;
  }

  // The page may show something else by now: then there is nothing to press again.
  function lookAtOffer() {
    if (!offer) return;
    if (offer.wasHere && !isHere(offer)) return drop();
    const again = bar()?.querySelector("[data-again]");
    if (again) again.hidden = !find(offer);
  }

  const refuse = () => show(state() === "loading" ? "early" : state() === "stale" ? "stale" : "refused");

  // ---- What needs the circuit

  // A form with an address is sent to it while there is no circuit; the live page may send it through the circuit. What is ticked in one is kept in the address.
  const isReal = form => !!form?.hasAttribute("action");

  function needsCircuit(control) {
    return !control.matches("summary, [data-alone], [data-copy], [data-switch-theme], [data-sends-again], [type=file]")
      && !control.closest("#line, #blazor-error-ui")
      && !(isReal(control.form) && (state() === "loading" || state() === "stale" || control.matches("input, select")));
  }

  // Marked as ours, so that what the circuit itself has switched off stays off.
  const off = "data-not-ready";

  function switchOff(part) {
    for (const control of [part, ...part.querySelectorAll(controls)]) {
      if (!control.matches(controls) || control.hasAttribute("aria-disabled") || !needsCircuit(control)) continue;
      control.setAttribute(off, "");
      control.setAttribute("aria-disabled", "true");
    }
  }

  const newcomers = new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === "attributes") change.target.removeAttribute(off);
      else for (const node of change.addedNodes) if (node.nodeType === Node.ELEMENT_NODE) switchOff(node);
    }
    newcomers.takeRecords();
  });

  function unready() {
    newcomers.disconnect();
    switchOff(root);
    newcomers.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-disabled"] });
  }

  function ready() {
    newcomers.disconnect();
    for (const control of document.querySelectorAll(`[${off}]`)) {
      control.removeAttribute(off);
      control.removeAttribute("aria-disabled");
    }
  }

  // ---- Beats

  const portalNow = () => performance.now() + Math.max(...offsets);

  function beat(madeAt = portalNow()) {
    const mine = ++number;
    unanswered.set(mine, performance.now());
    circuit.invokeMethodAsync("Beat", mine, madeAt).then(answer => answered(mine, answer), () => {});
    if (unanswered.size === 1) wait(patience);
    return mine;
  }

  // The portal read its clock before its answer travelled, so this is never more than the truth, and the nearest one counts. A phone's
  // clock may stand still while it sleeps: then the next answer is nearer than all before. Old ones go, as clocks drift.
  function learn(at) {
    offsets.push(at - performance.now());
    if (offsets.length > 30) offsets.shift();
  }

  function answered(mine, answer) {
    learn(answer.at);
    for (const before of [...unanswered.keys()]) if (before <= mine) unanswered.delete(before);
    if (mine >= settleFrom) settle();
    for (const [field, proof] of touched) if (proof <= mine) touched.delete(field);
    if (moved <= mine) moved = 0;
    lookAtOffer();
    presses = presses.filter(press => {
      if (answer.isTooOld && (press.before === mine || press.after === mine)) return miss(press);
      return press.after > mine || finish(press);
    });
    if (isDown) return;
    if (mine > deaf) enter("live");
    if (unanswered.size) wait(patience); else rest();
  }

  function rest() {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(() => { if (circuit && !isDown) beat(); }, every);
  }

  function wait(time) {
    clearTimeout(timer);
    const due = performance.now() + time;
    timer = setTimeout(() => {
      // A page that was busy itself looks first whether the answer is there already.
      if (performance.now() - due > 300) setTimeout(late, 300); else late();
    }, time);
  }

  function late() {
    if (!unanswered.size || isDown || document.visibilityState !== "visible") return;
    if (document.getElementById("blazor-error-ui")?.style.display === "block") return enter("stale");
    const silent = performance.now() - unanswered.values().next().value;
    if (silent < patience - 50) return wait(patience - silent);
    if (state() !== "down") enter("quiet");
    if (silent < dead) return wait(dead - silent);
    if (navigator.onLine) reopen(); else enter("down");
  }

  // The browser would wait for a connection that says nothing for half a minute and more. Closed, it is opened anew by js/reconnect.js.
  function reopen() {
    isForced = true;
    Blazor._internal.forceCloseConnection().catch(() => {});
  }

  // ---- Presses

  function nameOf(control) {
    const said = (control.labels?.[0] ?? control).cloneNode(true);
    for (const unsaid of said.querySelectorAll("[aria-hidden=true]")) unsaid.remove();
    return (control.getAttribute("aria-label") ?? said.textContent).replace(/\s+/g, " ").trim().slice(0, 60);
  }

  const keyOf = part => {
    const key = [...part.attributes].find(attribute => /^data-.+/.test(attribute.name) && /^[0-9a-f-]{36}$/.test(attribute.value));
    return key && `[${key.name}="${key.value}"]`;
  };

  // What it is about: the nearest part that is named after what it shows. A button may stay while that becomes another.
  function subjectOf(control) {
    for (let part = control; part && part !== document.body; part = part.parentElement) {
      const key = keyOf(part);
      if (key) return { key, label: part.getAttribute("aria-label") };
    }
    return null;
  }

  // Where it stands, in words that are the same on the next page: its own id, or the nearest part that is named after what it shows.
  // A dialog does not say whom it is about, and the next one may be about somebody else.
  function placeOf(control) {
    if (control.closest("[role=dialog]")) return null;
    for (let part = control; part && part !== document.body; part = part.parentElement) {
      if (part.id) return "#" + CSS.escape(part.id);
      const key = keyOf(part);
      if (key) return key;
    }
    return "body";
  }

  const here = () => location.pathname + location.search;
  const isSame = (control, press) => nameOf(control) === press.name && (subjectOf(control)?.key ?? "") === press.whose;
  const isHere = press => press.where === here() && (!press.control?.isConnected || (subjectOf(press.control)?.key ?? "") === press.whose);

  // The button of the very thing that was pressed, or none.
  function find(press) {
    if (press.where !== here()) return null;
    if (press.control?.isConnected) return isSame(press.control, press) ? press.control : null;
    const place = press.place && document.querySelector(press.place);
    if (!place) return null;
    const there = [place, ...place.querySelectorAll(controls)].filter(control => control.matches(controls) && isSame(control, press) && control.getClientRects().length > 0);
    return there.length === 1 ? there[0] : null;
  }

  function press(control) {
    if (current) return current.control ? null : name(current, control);
    if (offer) drop();
    const madeAt = portalNow();
    const mine = { name: "", where: here(), at: Date.now() };
    current = mine;
    mine.before = beat(madeAt);
    mine.after = Infinity;
    presses.push(mine);
    name(mine, control);
    setTimeout(() => {
      current = null;
      // A form writes what was chosen into the address when it is sent.
      mine.where = here();
      mine.after = beat(madeAt);
    });
  }

  // A key may press a button in its turn: then it is that button's press.
  function name(press, control) {
    if (!control) return;
    const subject = subjectOf(control);
    Object.assign(press, { control, name: nameOf(control), place: placeOf(control), whose: subject?.key ?? "", label: subject?.label, tick: control.type === "checkbox" ? control.checked : undefined });
    busy(control);
  }

  function busy(control) {
    control.dataset.pressed = "";
    if (!control.hasAttribute("aria-busy")) control.setAttribute("aria-busy", control.dataset.pressed = "true");
  }

  function idle(control) {
    if (!control || !("pressed" in control.dataset)) return;
    if (control.dataset.pressed) control.removeAttribute("aria-busy");
    delete control.dataset.pressed;
  }

  function finish(press) {
    idle(press.control);
    forget();
    return false;
  }

  // Not heard: what it had changed on the screen is taken back, and it is offered again.
  function miss(press, isUnsure = press.isUnsure) {
    idle(press.control);
    const { control, tick } = press;
    if (typeof tick === "boolean" && control?.isConnected && control.checked === tick) control.checked = !tick;
    control?.dispatchEvent(new Event("portal:missed"));
    offer = { ...press, isUnsure, wasHere: isHere(press) };
    show();
    return false;
  }

  // For the page that follows, should this one have to go. A browser may have no room for it, or refuse it: then it is not offered there.
  function keep() {
    const last = presses.at(-1) ?? lost.at(-1) ?? offer;
    if (!last?.name || !session) return;
    try {
      const { name, place, whose, where, at } = last;
      sessionStorage.setItem(pressed, JSON.stringify({ session, name, place, whose, where, at }));
    } catch {
      // See above.
    }
  }

  function forget() {
    try {
      sessionStorage.removeItem(pressed);
    } catch {
      // Nothing was kept.
    }
  }

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(pressed));
    } catch {
      return null;
    }
  }

  function drop() {
    offer = null;
    forget();
    show();
  }

  function recall() {
    const last = kept();
    forget();
    if (!last || last.session !== session || last.where !== here() || Date.now() - last.at > keeping) return;
    setTimeout(() => { if (!presses.length) miss(last, true); }, Math.max(0, last.at + fresh - Date.now()));
  }

  function again() {
    const control = find(offer);
    drop();
    control?.focus();
    control?.click();
  }

  // The connection is a new one: what went into the old one may be lost, or still be on its way. Once it would be refused, the circuit
  // is asked whether it has heard the beat that followed the press.
  function settle() {
    settleFrom = Infinity;
    lost = [...lost, ...presses.filter(press => press !== current)];
    presses = presses.filter(press => press === current);
    for (const press of lost) setTimeout(ask, isForced ? Math.max(0, press.at + fresh - Date.now()) : 0, press);
    isForced = false;
    for (const field of touched.keys()) {
      if (!field.isConnected) continue;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (moved) Blazor.navigateTo(location.href, { replaceHistoryEntry: true });
    moved = 0;
    document.dispatchEvent(new Event("portal:back"));
  }

  async function ask(press) {
    if (isDown) return;
    const isHeard = !press.isUnsure && await circuit.invokeMethodAsync("Heard", press.after);
    if (!lost.includes(press)) return;
    lost = lost.filter(other => other !== press);
    if (isHeard) finish(press); else miss(press);
  }

  // ---- What a person does. Heard on the window, before anybody else.

  function stop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    refuse();
  }

  const staysHere = (link, event) => link.origin === location.origin && !link.target && !link.hasAttribute("download") && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

  addEventListener("click", event => {
    const part = event.target.closest?.(`${controls}, ${typing}, a[href]`);
    if (part?.closest("#line")) return onBar(part);
    if (part?.matches("a[href]")) {
      if (!staysHere(part, event)) return;
      if (state() === "down") return stop(event);
      if (offer) drop();
      if (isHeard()) setTimeout(() => { if (circuit && !isDown) moved = beat(); });
      return;
    }
    const control = part ?? event.target.closest?.("label")?.control;
    if (!control || control.disabled || !control.matches(controls)) return;
    if (state() === "stale" && isReal(control.form) && control.type === "submit") return event.stopPropagation();
    if (!needsCircuit(control)) return;
    if (!isHeard()) return stop(event);
    // A label's click is followed by one of its box; what is chosen is said by its change.
    if (part && !control.matches(choosing)) press(control);
  }, true);

  addEventListener("submit", event => {
    // Blazor would still take it for its circuit, which is gone. It listens on the document; who else has to know listens on the window.
    if (isReal(event.target) && state() === "stale") return event.stopPropagation();
    if (isReal(event.target) && state() === "loading") return;
    if (!isHeard()) return stop(event);
    press(event.submitter);
  }, true);

  // A list opens at the press of a mouse or a key, and can only be turned back afterwards.
  addEventListener("focusin", event => { if (event.target.matches("select")) shownBefore.set(event.target, event.target.value); }, true);
  addEventListener("mousedown", event => {
    const list = event.target.closest?.("select");
    if (list && !isHeard() && needsCircuit(list)) stop(event);
  }, true);

  for (const kind of ["input", "change"]) addEventListener(kind, event => {
    const field = event.target;
    if (!field.matches(`${typing}, ${choosing}`) || isReal(field.form)) return;
    if (field.matches("select") && !isHeard()) {
      if (shownBefore.has(field)) field.value = shownBefore.get(field);
      return stop(event);
    }
    if (!field.matches(typing)) shownBefore.set(field, field.value);
    touched.set(field, number + 1);
  }, true);

  // Keys that ask for something where there is no button to be clicked by them.
  addEventListener("keydown", event => {
    const { target, code } = event;
    const enter = code === "Enter" || code === "NumpadEnter";
    const control = event.ctrlKey || event.metaKey;
    const isPress = target.matches?.(typing)
      ? enter && !target.matches("textarea") && !target.form || enter && control
      : enter && (control || !target.closest?.(`${controls}, a[href]`)) || code === "Delete" || code === "F2" || control && code === "KeyZ";
    if (!isPress || isReal(target.form)) return;
    if (!isHeard()) return stop(event);
    if (!event.repeat) press(null);
  }, true);

  function onBar(part) {
    if (part.matches("[data-again]") && state() === "live") again();
    else if (part.matches("[data-close]")) drop();
    else if (part.matches("[data-reload]")) location.reload();
  }

  addEventListener("popstate", () => {
    if (offer && offer.where !== here()) drop();
    if (circuit && !isDown) moved = beat();
  });

  // ---- What the browser knows

  addEventListener("offline", () => {
    deaf = number;
    if (circuit) enter("down");
  });
  addEventListener("online", () => {
    if (!circuit || isDown || state() === "stale") return show();
    if (!unanswered.size) beat();
    // The old connection may have died with the network it went over.
    setTimeout(() => {
      if (unanswered.size && !isDown) reopen();
    }, patience);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return clearTimeout(timer);
    if (circuit && !isDown && state() !== "stale") unanswered.size ? wait(patience) : beat();
  });
  addEventListener("pagehide", () => { if (state() !== "live") keep(); });

  unready();
  setTimeout(() => {
    if (state() !== "loading") return;
    root.dataset.slow = "";
    show();
  }, slow);
  setTimeout(() => { if (state() === "loading") enter("stale"); }, hopeless);

  // ---- What the circuit and js/reconnect.js say

  window.line = {
    // The circuit is there, or another one in its place.
    live(component, at) {
      const isFirst = !circuit;
      circuit = component;
      learn(at);
      unanswered.clear();
      isDown = false;
      moved = 0;
      enter("live");
      rest();
      document.dispatchEvent(new Event("portal:live"));
      if (isFirst) return recall();
      // The one before may have heard what was pressed, and cannot be asked any more.
      for (const press of [...presses, ...lost]) press.isUnsure = press !== current;
      settle();
    },

    down() {
      isDown = true;
      enter("down");
    },

    up() {
      isDown = false;
      unanswered.clear();
      settleFrom = number + 1;
      beat();
    },

    get isHeard() { return isHeard(); },

    // Whoever signs out takes it along.
    forget,
  };
})();
