// The language of the interface, and light or dark: chosen on any page, at once on all of them.

const root = document.documentElement;

function told() {
  const language = root.dataset.interface;
  for (const element of document.querySelectorAll("[data-en][data-ru]")) {
    const words = element.dataset[language];
    if (element.matches("input, textarea")) element.placeholder = words;
    else element.textContent = words;
  }
  for (const button of document.querySelectorAll("button[data-interface]"))
    button.setAttribute("aria-pressed", button.dataset.interface === language);
}

function choose(name, value) {
  root.dataset[name] = value;
  localStorage.setItem(`delo.${name}`, value);
  told();
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
  if (name && newValue) { root.dataset[name] = newValue; told(); }
});

told();
