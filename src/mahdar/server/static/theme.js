// Before anything is painted: the look chosen on this machine, else the system's.
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => { try { return localStorage.getItem("mahdar-theme"); } catch { return null; } };
  const set = () => { root.dataset.theme = kept() || (dark.matches ? "dark" : "light"); };
  set();
  dark.addEventListener("change", set);
  window.mahdarTheme = () => {
    const next = root.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem("mahdar-theme", next); } catch { /* not kept then */ }
    set();
    root.dataset.theme = next;
    document.dispatchEvent(new CustomEvent("mahdar:theme"));
  };
})();
