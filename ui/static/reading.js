// A document: the ways through what was found, and the addresses of paragraphs and of passages that are selected.
// Without this script the same links lead to the same places.

const texts = document.querySelector(".facing[data-document]");
const found = document.querySelector(".finds[data-finds]");
const smooth = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

// Previous and next find

function step(link) {
  const count = Number(found.dataset.finds);
  const marks = () => texts.querySelectorAll("mark.current");
  const now = Number(new URLSearchParams(location.search).get("hit") ?? 1);
  const to = link.dataset.step === "next" ? (now % count) + 1 : ((now - 2 + count) % count) + 1;
  const address = new URL(location.href);
  address.searchParams.set("hit", to);
  address.hash = `find-${to}`;
  history.replaceState(history.state, "", address);
  for (const mark of marks()) mark.classList.remove("current");
  const mark = document.getElementById(`find-${to}`);
  mark?.classList.add("current");
  mark?.scrollIntoView({ block: "center", behavior: smooth() });
  for (const told of found.querySelectorAll(".at .said"))
    told.textContent = told.textContent.replace(/^\d+/, to);
}

// The address of the paragraph that was chosen by its number

function chosen() {
  const paragraph = location.hash.match(/^#(ru|en)-\d+$/) && document.querySelector(`p${location.hash}`);
  const told = document.querySelector(".paragraph-address");
  if (!paragraph || !told) return;
  told.hidden = false;
  told.querySelector("button").dataset.address = location.origin + location.pathname + location.hash;
  paragraph.append(told);
}

// The address of a passage that is selected

const TABLE = Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n >>> 0;
});

function sum(words) {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(words)) crc = (crc >>> 8) ^ TABLE[(crc ^ byte) & 255];
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

const length = (words) => Array.from(words).length; // places are told in code points

function placed(node, offset) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("p[data-at]");
  if (!paragraph) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  const words = before.cloneContents();
  for (const other of words.querySelectorAll(".number, .paragraph-address")) other.remove();
  return { side: paragraph.parentElement.lang, at: Number(paragraph.dataset.at) + length(words.textContent), paragraph };
}

function selected() {
  const told = document.querySelector(".selection");
  const selection = document.getSelection();
  if (!told || told.contains(document.activeElement)) return;
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const start = range && texts.contains(range.startContainer) && placed(range.startContainer, range.startOffset);
  const end = range && texts.contains(range.endContainer) && placed(range.endContainer, range.endOffset);
  const words = range?.toString().trim() ?? "";
  told.hidden = !start || !end || start.paragraph !== end.paragraph || !words;
  if (told.hidden) return;
  const whole = range.toString();
  const from = start.at + length(whole.slice(0, whole.length - whole.trimStart().length));
  const named = `cited=${start.side}&${start.side}=${from}-${from + length(words)}-${sum(words)}`;
  const id = location.pathname.split("/").pop();
  told.querySelector("button").dataset.collect = `${id}?${named}`;
  told.querySelector("a").href = `${location.pathname}?${named}#place`;
}

if (texts) {
  document.addEventListener("selectionchange", selected);
  window.addEventListener("hashchange", chosen);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-step]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    step(link);
  });
  chosen();
}
