// A form with data-in-address="months" has its ticked boxes in the address too (?months=2026-03,2026-04), from the very tick on: a
// reload, Back and a restart of the portal find them as they were. The live page reads its choice from the address.
(function () {
  // Ticked before anybody listened.
  let untold = false;

  // What the address said after the last tick.
  let written = null;

  // Months of a ready choice whose boxes are not there yet: the answer brings them.
  let awaited = [];

  const named = form => form?.dataset.inAddress;
  const boxesOf = form => [...form.elements].filter(box => box.name === named(form) && !box.disabled);

  // The address knows each tick at once; the boxes may show an older choice, which was rendered for a tick before. Where it says
  // nothing of these boxes, the portal has chosen.
  function chosenIn(form, turned) {
    const boxes = boxesOf(form);
    const told = new URLSearchParams(location.search).get(named(form))?.split(",").map(value => value.trim());
    const isTold = told && (told.join() === "" || boxes.some(box => told.includes(box.value)));
    awaited = awaited.filter(value => !boxes.some(box => box.value === value));
    return boxes.filter(box => box === turned || !isTold ? box.checked : told.includes(box.value)).map(box => box.value).concat(awaited);
  }

  function keep(name, ticked) {
    const query = new URLSearchParams(location.search);
    query.set(name, ticked);
    query.delete("refused");
    history.replaceState(history.state, "", location.pathname + "?" + query.toString().replaceAll("%2C", ","));
    written = ticked;
    for (const field of document.querySelectorAll(`input[type=hidden][data-follows][name="${name}"]`)) field.value = ticked;
  }

  const write = (form, turned) => keep(named(form), chosenIn(form, turned).join(","));

  const formOf = name => document.querySelector(`form[data-in-address="${name}"]`);

  // The answer to a tick comes a round trip later and knows nothing of those made since: it turns no box back.
  new MutationObserver(() => {
    if (written === null) return;
    for (const form of document.querySelectorAll("form[data-in-address]")) {
      if (new URLSearchParams(location.search).get(named(form)) !== written) continue;
      const chosen = chosenIn(form);
      for (const box of boxesOf(form)) box.checked = chosen.includes(box.value);
    }
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });

  // The sum of an older choice is not shown for this one.
  function keepUntold(is) {
    untold = is;
    document.documentElement.toggleAttribute("data-untold", is);
  }

  function tell() {
    keepUntold(false);
    Blazor.navigateTo(location.href, { replaceHistoryEntry: true });
  }

  // The circuit is told by the address alone: the box's own word would be a second message about the same tick.
  document.addEventListener("change", event => {
    const form = event.target.form;
    if (!named(form) || event.target.name !== named(form)) return;
    event.stopPropagation();
    write(form, event.target);
    if (line.isHeard) tell(); else keepUntold(true);
  }, true);

  // A ready choice is a link to the same page. Taken here it is no step in the history, and a tick within the same round trip finds it.
  document.addEventListener("click", event => {
    const link = event.target.closest("a[data-chooses]");
    const form = link && formOf(link.dataset.chooses);
    if (!form || !line.isHeard || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const ticked = new URL(link.href).searchParams.get(named(form));
    awaited = ticked.split(",");
    keep(named(form), ticked);
    for (const box of boxesOf(form)) box.checked = awaited.includes(box.value);
    tell();
  }, true);

  // What the portal chose by itself is not in the address yet; Back must find it. On the window: where the circuit is gone, js/line.js lets a form go no further.
  addEventListener("submit", event => { if (named(event.target)) write(event.target); }, true);

  document.addEventListener("portal:live", () => { if (untold) tell(); });

  // The circuit was away, and a tick may have been lost on the way.
  document.addEventListener("portal:back", () => { if (document.querySelector("form[data-in-address]")) tell(); });
})();
