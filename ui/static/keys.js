// The keys, on every page and inside the desk: asking, quotations one after another, and what can be done with one.

const OFF = "delo.keys"; // "off": single letters do nothing (WCAG 2.1.4)
const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";
// By their place on the keyboard, so that they are the same with Russian letters on it.
const LETTERS = { KeyJ: next, KeyN: next, KeyK: previous, KeyP: previous, KeyO: open, KeyC: copy, KeyX: collect, KeyB: back };

const dialog = () => document.querySelector("dialog#keys");
const cards = () => [...document.querySelectorAll("[data-card]")].filter((card) => card.checkVisibility());
const card = () => document.activeElement?.closest("[data-card]") ?? null;
const off = () => { try { return localStorage.getItem(OFF) === "off"; } catch { return false; } };

let last = null; // the card that was last gone to

function go(step) {
  const all = cards();
  const from = all.indexOf(card() ?? last);
  const newest = all.findIndex((one) => one.closest(".answer, .growing") === all.at(-1)?.closest(".answer, .growing"));
  const to = all[from < 0 ? Math.max(newest, 0) : Math.min(Math.max(from + step, 0), all.length - 1)];
  if (!to) return;
  if (!to.matches("a, button, [tabindex]")) to.tabIndex = -1;
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
  last = to;
}
function next() { go(1); }
function previous() { go(-1); }
const press = (what) => (card() ?? (last?.isConnected ? last : null))?.querySelector(what)?.click();
function open() { press("a[target=desk]"); }
function copy() { press("[data-copy]"); }
function collect() { press("[data-collect]"); }
function back() { (window.top === window ? document : window.parent.document).dispatchEvent(new Event("delo:back")); }

function toBox() {
  const own = document.querySelector("#question textarea, main input[type=search], main textarea, main input[type=text]");
  if (own) { own.focus(); return; }
  if (window.top === window) return;
  back();
  window.parent.document.querySelector("#question textarea")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || dialog()?.open) return;
  if (event.target.closest(TYPING)) return;
  if (event.key === "Escape") return back();
  if (event.key === "Enter") { if (event.target.matches("[data-card]")) open(); return; }
  if (off()) return;
  if (event.key === "?") dialog()?.showModal();
  else if (event.key === "/" || (event.code === "Slash" && !event.shiftKey)) toBox();
  else if (!event.shiftKey && LETTERS[event.code] && /^\p{L}$/u.test(event.key)) LETTERS[event.code]();
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dialog=keys]")) dialog()?.showModal();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-keys]")) localStorage.setItem(OFF, event.target.checked ? "on" : "off");
});
for (const box of document.querySelectorAll("[data-keys]")) box.checked = !off();
