// Before anything is painted: the language of the interface, light or dark, and whether the page lies on the desk.
(() => {
  const root = document.documentElement;
  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  root.dataset.interface = root.lang = kept("delo.interface") ?? (navigator.language.startsWith("ru") ? "ru" : "en");
  if (kept("delo.theme")) root.dataset.theme = kept("delo.theme");
  if (window.top !== window) root.classList.add("framed");
})();
