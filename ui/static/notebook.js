// The notebook: quotations collected in this tab, known to nobody else; the server is only asked whether they stand.

const KEPT = "delo.notebook";
const MOST = 200;
const WORDS = {
  collect: { en: "Collect", ru: "В выписки" },
  collected: { en: "Collected", ru: "В выписках" },
  full: { en: "The notebook is full", ru: "Выписки заполнены" },
  count: { en: "In the notebook: ", ru: "В выписках: " },
  place: { en: "Now number ", ru: "Теперь номер " },
};

let unkept = []; // where the browser keeps nothing, it holds for this page
function entries() {
  try { return JSON.parse(sessionStorage.getItem(KEPT) ?? "[]").filter(({ place }) => typeof place === "string"); }
  catch { return unkept; }
}
function keep(all) {
  unkept = all;
  try { sessionStorage.setItem(KEPT, JSON.stringify(all)); } catch { /* see above */ }
  shown(document);
}

// Words in both languages, of which the style sheet shows one.
function said({ en, ru }, value = "") {
  return Object.entries({ en, ru }).map(([lang, words]) => {
    const span = Object.assign(document.createElement("span"), { className: "said", lang });
    span.textContent = words + value;
    return span;
  });
}

const told = document.createElement("p");
told.className = "unseen";
told.setAttribute("role", "status");
function tell(words, value) { told.replaceChildren(...said(words, value)); }

function shown(within) {
  const all = new Set(entries().map(({ place }) => place));
  for (const button of within.querySelectorAll("button[data-collect]")) {
    const pressed = String(all.has(button.dataset.collect));
    if (button.getAttribute("aria-pressed") === pressed) continue;
    button.setAttribute("aria-pressed", pressed);
    button.replaceChildren(...said(pressed === "true" ? WORDS.collected : WORDS.collect));
  }
  for (const link of document.querySelectorAll("a[data-room=notebook]")) {
    let count = link.querySelector(".count");
    if (!count) link.append(" ", count = Object.assign(document.createElement("span"), { className: "count" }));
    const number = all.size ? String(all.size) : "";
    if (count.textContent !== number) count.textContent = number;
  }
}

function toggle(button) {
  const place = button.dataset.collect;
  const all = entries();
  const others = all.filter((entry) => entry.place !== place);
  if (others.length === all.length && all.length >= MOST) {
    button.replaceChildren(...said(WORDS.full));
    return tell(WORDS.full);
  }
  keep(others.length === all.length ? [...all, { place, note: "" }] : others);
  tell(WORDS.count, entries().length);
}

// What is done on the page of the notebook.

const page = document.getElementById("collected");

function states(name) {
  for (const [state, element] of ["empty", "opening", "unreached"].map((s) => [s, document.querySelector(`[data-${s}]`)]))
    if (element) element.hidden = state !== name;
}

async function opened() {
  const all = entries().slice(0, MOST + 1);
  page.replaceChildren();
  if (!all.length) return states("empty");
  states("opening");
  const form = new URLSearchParams();
  for (const { place, note } of all) { form.append("place", place); form.append("note", note ?? ""); }
  try {
    const reply = await fetch("/notebook/quotations", { method: "POST", body: form });
    if (!reply.ok) throw new Error(reply.statusText);
    page.innerHTML = await reply.text(); // our own server's, and everything in it escaped there
    states("");
    const language = document.documentElement.dataset.interface;
    page.querySelector("select[name=language]").value = language;
    for (const option of page.querySelectorAll("option[data-en]")) option.textContent = option.dataset[language];
  } catch { states("unreached"); }
}

function reordered() {
  const notes = new Map(entries().map((entry) => [entry.place, entry]));
  const places = [...page.querySelectorAll("[data-place]")].map((item) => item.dataset.place);
  keep(places.filter((place) => notes.has(place)).map((place) => notes.get(place)));
}

function moved(button, item) {
  const other = button.matches("[data-up]") ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  if (button.matches("[data-up]")) other.before(item); else other.after(item);
  reordered();
  button.focus();
  tell(WORDS.place, [...item.parentElement.children].indexOf(item) + 1);
}

function removed(item) {
  const next = item.nextElementSibling ?? item.previousElementSibling;
  item.remove();
  reordered();
  (next?.querySelector("[data-remove]") ?? document.querySelector("main h1")).focus();
  tell(WORDS.count, entries().length);
  if (!next) opened();
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("button");
  if (!button) return;
  if (button.matches("[data-collect]")) return toggle(button);
  const item = button.closest("#collected:not([data-given]) [data-place]");
  if (button.matches("[data-up], [data-down]") && item) moved(button, item);
  if (button.matches("[data-remove]") && item) removed(item);
  if (button.matches("[data-clear]")) {
    keep([]);
    opened();
    document.querySelector("main h1").focus();
    tell(WORDS.count, 0);
  }
});

document.addEventListener("input", ({ target }) => {
  const place = target.closest("[data-place]")?.dataset.place;
  if (place && target.matches("textarea[name=note]"))
    keep(entries().map((entry) => (entry.place === place ? { ...entry, note: target.value } : entry)));
});

window.addEventListener("storage", ({ key }) => {
  if (key !== KEPT && key !== null) return;
  shown(document);
  const places = page && [...page.querySelectorAll("[data-place]")].map((item) => item.dataset.place);
  if (places && !page.matches("[data-given]") && String(places) !== String(entries().map(({ place }) => place))) opened();
});

document.body.append(told);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes) if (node.querySelectorAll) shown(node.parentElement ?? document);
}).observe(document.body, { childList: true, subtree: true });
shown(document);
if (page && !page.matches("[data-given]")) opened();
