// Runs before the first paint, so that nothing flashes. "theme" is what the person chose; "scheme" tells the server what the
// system prefers, so that it can render the right one next time.
(function () {
  // Over https a cookie carries the prefix that keeps it to this host; the server takes no other there.
  const secure = location.protocol === "https:";
  const prefix = secure ? "__Host-" : "";
  const cookie = name => document.cookie.match(new RegExp("(?:^|; )" + prefix + name + "=(light|dark)"))?.[1];
  const keep = (name, value) => {
    document.cookie = prefix + name + "=" + value + ";path=/;max-age=31536000;samesite=lax" + (secure ? ";secure" : "");
  };
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  const scheme = dark ? "dark" : "light";
  if (cookie("scheme") !== scheme) keep("scheme", scheme);
  const root = document.documentElement;
  const show = theme => {
    root.dataset.theme = theme;
    // The browser's own bar takes the colour of the page.
    const bar = document.querySelector("meta[name=theme-color]");
    bar.content = bar.dataset[theme];
  };
  show(cookie("theme") ?? scheme);

  // Both palettes are in the page, so another theme is no more than this, with a circuit or without.
  document.addEventListener("click", event => {
    if (!event.target.closest("[data-switch-theme]")) return;
    const theme = root.dataset.theme === "dark" ? "light" : "dark";
    keep("theme", theme);
    show(theme);
  });

  // Paper is white.
  let screen;
  window.addEventListener("beforeprint", () => { screen = root.dataset.theme; root.dataset.theme = "light"; });
  window.addEventListener("afterprint", () => { root.dataset.theme = screen; });
})();
