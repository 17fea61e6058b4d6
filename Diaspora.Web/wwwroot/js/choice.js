// A form with data-in-address="months" has its ticked boxes in the address too (?months=2026-03,2026-04), from the very tick on: a
// reload, Back and a restart of the portal find them as they were. The live page reads its choice from the address.
(function () {
  // Ticked before anybody listened.
  let untold = false;

  const named = form => form?.dataset.inAddress;

  function write(form) {
    const name = named(form);
    const ticked = [...form.elements].filter(box => box.name === name && box.checked).map(box => box.value).join(",");
    const query = new URLSearchParams(location.search);
    query.set(name, ticked);
    query.delete("refused");
    history.replaceState(history.state, "", location.pathname + "?" + query.toString().replaceAll("%2C", ","));
    for (const field of document.querySelectorAll(`input[type=hidden][data-follows][name="${name}"]`)) field.value = ticked;
  }

  function tell() {
    untold = false;
    Blazor.navigateTo(location.href, { replaceHistoryEntry: true });
  }

  document.addEventListener("change", event => {
    const form = event.target.form;
    if (!named(form) || event.target.name !== named(form)) return;
    write(form);
    if (line.isHeard) tell(); else untold = true;
  });

  // What the portal chose by itself is not in the address yet; Back must find it. On the window: where the circuit is gone, js/line.js lets a form go no further.
  addEventListener("submit", event => { if (named(event.target)) write(event.target); }, true);

  document.addEventListener("portal:live", () => { if (untold) tell(); });

  // The circuit was away, and a tick may have been lost on the way.
  document.addEventListener("portal:back", () => { if (document.querySelector("form[data-in-address]")) tell(); });
})();
