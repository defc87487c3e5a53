// A number in an answer leads to its card, the card's number back; the address of the page stays, for it tells the desk.

const still = matchMedia("(prefers-reduced-motion: reduce)");
const ROOM = 0.6; // of the window; what is higher is shown from its beginning

function shown(id) {
  const named = document.getElementById(id);
  if (!named || named.checkVisibility()) return named;
  return named.closest(".beside"); // where there is no room for words beside the card, the card stands for them
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-to]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const to = shown(link.dataset.to);
  if (!to) return;
  if (!to.matches("a, [tabindex]")) to.tabIndex = -1;
  to.focus({ preventScroll: true });
  const high = to.getBoundingClientRect().height > innerHeight * ROOM;
  to.scrollIntoView({ block: high ? "start" : "nearest", behavior: still.matches ? "auto" : "smooth" });
});
