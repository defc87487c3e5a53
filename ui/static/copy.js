// Copying: of the place that data-cite names, the words with their citation, in the style that the reader has chosen
// once for every page; or the address that data-address holds.

const BACK_AFTER = 1500; // milliseconds
const root = document.documentElement;
const chosen = { style: "chicago-note", words: "cited" };

function kept(name) { try { return localStorage.getItem(`delo.copy.${name}`); } catch { return null; } }
function keep(name, value) { try { localStorage.setItem(`delo.copy.${name}`, value); } catch { /* it holds for this page */ } }

function choose(name, value) {
  if (value) chosen[name] = value;
  shown(document);
}

function label(element) {
  const words = element.dataset[root.dataset.interface === "ru" ? "ru" : "en"];
  if (element.textContent !== words) element.textContent = words;
}

// The lists show what is chosen, the buttons name it; also those that come onto the page later.
function shown(within) {
  for (const list of within.querySelectorAll("select[data-copying]")) {
    const name = list.dataset.copying;
    for (const option of list.options) label(option);
    list.value = chosen[name];
    if (list.selectedIndex < 0) list.selectedIndex = 0;
  }
  const option = document.querySelector(`select[data-copying=style] option[value="${CSS.escape(chosen.style)}"]`);
  if (!option) return;
  for (const named of within.querySelectorAll("[data-style]")) {
    Object.assign(named.dataset, { en: option.dataset.en, ru: option.dataset.ru });
    label(named);
  }
}

document.addEventListener("delo:interface", () => shown(document));

document.addEventListener("change", ({ target }) => {
  if (!target.matches("select[data-copying]")) return;
  keep(target.dataset.copying, target.value);
  choose(target.dataset.copying, target.value);
});

window.addEventListener("storage", ({ key, newValue }) => {
  const name = key?.match(/^delo\.copy\.(style|words)$/)?.[1];
  if (name) choose(name, newValue);
});

async function text(address) {
  const [id, query] = address.split("?");
  const asked = new URLSearchParams(query);
  for (const [name, value] of Object.entries({ ...chosen, language: root.dataset.interface })) asked.set(name, value);
  const reply = await fetch(`/copy/${id}?${asked}`);
  if (!reply.ok) throw new Error(reply.statusText);
  return reply.text();
}

async function copied(coming) {
  if (navigator.clipboard && window.isSecureContext) {
    if (window.ClipboardItem) { // begun at once: some browsers let only a click copy
      const blob = coming.then((words) => new Blob([words], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    } else await navigator.clipboard.writeText(await coming);
    return;
  }
  const area = document.createElement("textarea"); // over plain http from another machine there is no clipboard
  area.value = await coming;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("the browser does not let it");
}

// What a screen reader is told; the words are taken from the page, in both languages.
const told = document.createElement("p");
told.className = "unseen delo";
told.setAttribute("role", "status");
document.body.append(told);
function tell(words) { told.replaceChildren(...(words ? [...words.cloneNode(true).childNodes] : [])); }

async function copy(button) {
  tell(null);
  try {
    const { address } = button.dataset;
    await copied(address ? Promise.resolve(address) : text(button.dataset.cite));
    button.focus();
    tell(button.querySelector(".done"));
    button.classList.add("copied");
    setTimeout(() => button.classList.remove("copied"), BACK_AFTER);
  } catch {
    const words = document.querySelector("[data-uncopied]");
    tell(words);
    button.parentElement.querySelector(".uncopied")?.remove();
    const why = document.createElement("span");
    why.className = "uncopied";
    why.append(...(words?.cloneNode(true).childNodes ?? []));
    button.after(why);
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button[data-cite], button[data-address]");
  if (button) copy(button);
});

for (const name of Object.keys(chosen)) chosen[name] = kept(name) ?? chosen[name];
shown(document);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes) if (node.querySelectorAll) shown(node);
}).observe(document.body, { childList: true, subtree: true });
