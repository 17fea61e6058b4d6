// Runs before the first paint, so that nothing flashes. "theme" is what the person chose; "scheme" tells the server what the
// system prefers, so that it can render the right one next time.
(function () {
  const cookie = name => document.cookie.match(new RegExp("(?:^|; )" + name + "=(light|dark)"))?.[1];
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  const scheme = dark ? "dark" : "light";
  if (cookie("scheme") !== scheme) {
    const secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = "scheme=" + scheme + ";path=/;max-age=31536000;samesite=lax" + secure;
  }
  document.documentElement.dataset.theme = cookie("theme") ?? scheme;
})();
