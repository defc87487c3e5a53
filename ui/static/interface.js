// The language of the interface, and light or dark: chosen on any page, at once on all of them, in every frame and tab.

const root = document.documentElement;

export const interfaceWords = (element) => element.dataset[root.dataset.interface];

function tell() {
  root.lang = root.dataset.interface;
  for (const element of document.querySelectorAll("[data-en][data-ru]")) {
    const words = interfaceWords(element);
    if (element.matches("input, textarea")) element.placeholder = words;
    else if (element.matches("iframe")) element.title = words;
    else if (element.textContent !== words) element.textContent = words;
  }
  for (const button of document.querySelectorAll("button[data-interface]"))
    button.setAttribute("aria-pressed", button.dataset.interface === root.dataset.interface);
  document.dispatchEvent(new Event("delo:interface"));
}

function choose(name, value) {
  root.dataset[name] = value;
  try { localStorage.setItem(`delo.${name}`, value); } catch { /* chosen for this page alone */ }
  tell();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-interface], button[data-theme]");
  if (!button) return;
  if (button.dataset.interface) return choose("interface", button.dataset.interface);
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  choose("theme", dark ? "light" : "dark");
});

window.addEventListener("storage", ({ key, newValue }) => {
  const name = key?.match(/^delo\.(interface|theme)$/)?.[1];
  if (name && newValue) { root.dataset[name] = newValue; tell(); }
});

tell();
