// The desk: what lies on it stands in the address (`#beside/…` or, over everything, `#desk/…`), so that Back, reloading
// and a bookmark work.

import { interfaceWords } from "./interface.js";

const WIDE = matchMedia("(min-width: 1100px)");
const ROOMS = [["/documents", "read"], ["/document/", "read"], ["/archive", "read"], ["/look-up", "look-up"],
  ["/notebook", "notebook"], ["/judge", "judge"], ["/add", "add"], ["/record/", "ask"]];
const desk = document.querySelector("#desk");
const frame = desk.querySelector("iframe");
const main = document.querySelector("#main");
const title = document.title;

let from = null; // the link that opened the desk: Back leads there
let place = [0, 0]; // how far the conversation was scrolled then: by itself, and with the whole page

const told = () => {
  const [, how, address] = location.hash.match(/^#(beside|desk)(\/(?![/\\]).*)$/) ?? [];
  return { how: how ?? "", address };
};
const lying = () => { // what lies on the desk now; what is not ours is not looked at
  try {
    const { pathname, search, hash, protocol } = frame.contentWindow.location;
    return protocol === "about:" ? "" : pathname + search + hash;
  } catch { return ""; }
};

function room({ how, address }) {
  const current = how === "desk" ? ROOMS.find(([path]) => address.startsWith(path))?.[1] : "ask";
  for (const link of document.querySelectorAll(".delo-head a[data-room]"))
    if (link.dataset.room === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
}

function named() {
  const { how } = told();
  const inside = how && lying() ? frame.contentDocument.title : "";
  document.title = inside && inside !== title ? `${inside} · ${title}` : title;
  frame.title = inside || interfaceWords(frame);
}

function covered() {
  const { how } = told();
  main.inert = how === "desk" || (how === "beside" && !WIDE.matches);
  document.querySelector(".delo-head").inert = how === "beside" && !WIDE.matches;
}

function show() {
  const now = told();
  const before = document.body.dataset.desk ?? "";
  if (now.how && !before) place = [main.scrollTop, window.scrollY];
  document.body.dataset.desk = now.how;
  desk.hidden = !now.how;
  covered();
  room(now);
  if (now.how) {
    if (now.address !== lying()) frame.contentWindow.location.replace(now.address);
    if (!before) frame.focus();
    if (now.how === "beside" && WIDE.matches) from?.scrollIntoView({ block: "nearest" });
  } else if (before) returned();
  named();
}

function returned() {
  main.scrollTop = place[0];
  window.scrollTo(0, place[1]);
  const box = document.querySelector("#question textarea");
  (from?.isConnected ? from : box)?.focus({ preventScroll: true });
  from = null;
}

function lay(how, address) {
  history.pushState(null, "", how ? `#${how}${address}` : location.pathname + location.search);
  show();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[target=desk], a[data-room], .delo-head .name a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const { pathname, search, hash } = new URL(link.href);
  if (pathname === "/") { if (told().how) lay("", ""); return; }
  from = link;
  lay(link.target === "desk" ? "beside" : "desk", pathname + search + hash);
});
desk.addEventListener("click", (event) => {
  if (event.target.closest("[data-back]")) lay("", "");
  if (event.target.closest("[data-whole]")) lay("desk", lying());
  if (event.target.closest("[data-half]")) lay("beside", lying());
});
document.addEventListener("delo:back", () => { if (told().how) lay("", ""); });

// Links inside the desk are followed by the browser, which keeps them in its history; the address keeps step.
function follow() {
  const { how, address } = told();
  const now = lying();
  if (how && now && now !== address) history.replaceState(null, "", `#${how}${now}`);
  room(told());
  named();
}
frame.addEventListener("load", () => {
  try { frame.contentWindow.addEventListener("hashchange", follow); } catch { /* not ours */ }
  follow();
});

window.addEventListener("popstate", show); // also when the reader changes the address
document.addEventListener("delo:interface", () => setTimeout(named));
WIDE.addEventListener("change", covered);
show();
