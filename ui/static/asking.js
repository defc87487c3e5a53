// The conversation: questions to click, the buttons above the box, gradio's own words in both languages, and what is
// told to those who do not see an answer come.

import { overheard } from "./alarm.js";
import { interfaceWords } from "./interface.js";

const root = document.querySelector("gradio-app");
const find = (where) => root.querySelector(where);
const state = (name) => interfaceWords(document.querySelector(`[data-state=${name}]`));

async function send(where, words) {
  while (!find(`${where} .submit-button`)) await new Promise((ready) => setTimeout(ready, 50)); // gradio is not there yet
  const box = find(`${where} textarea`);
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  find(`${where} .submit-button`).click();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.matches("[data-ask]")) send("#question", button.textContent);
  if (!button?.closest("#held")) return;
  const { kind, value } = button.dataset;
  send("#pressed", kind ? `${kind} ${value}` : "anew");
  find("#question textarea").focus(); // what is pressed goes away; whoever pressed it by the keyboard goes on in the box
});

// Who comes to ask begins in the box; but nothing moves out of sight for it, and no keyboard of a telephone comes up.
function begin() {
  const box = find("#question textarea");
  if (!box || begun) return;
  begun = true;
  if (document.activeElement === document.body && !document.body.dataset.desk && matchMedia("(hover: hover)").matches)
    box.focus({ preventScroll: true });
}
let begun = false;

// gradio's own words, each where it stands; and an end to what it says to screen readers on its own account.
function furnish() {
  for (const words of document.querySelectorAll("[data-furnish]")) {
    const element = find(words.dataset.furnish);
    const now = interfaceWords(words);
    if (!element) continue;
    if (words.dataset.attribute) {
      if (element.getAttribute(words.dataset.attribute) !== now) element.setAttribute(words.dataset.attribute, now);
    } else {
      const text = [...element.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      if (text && text.data !== now) text.data = now;
    }
  }
  find("#chat [role=log]")?.setAttribute("aria-live", "off"); // an answer that grows is told when it is done
  for (const said of root.querySelectorAll("#chat [data-testid][aria-label]")) said.removeAttribute("aria-label");
  find("main")?.setAttribute("role", "none"); // ours is the main part of the page
}

// A long answer is read from its beginning: a new question goes to the top, once, and the reader may go on from there.
const TOLD = 60_000; // milliseconds that what was told stays there to be read
let asked = 0;
let done = 0;
function followed() {
  const questions = root.querySelectorAll("#chat :is(.asked, .refusal)");
  if (questions.length > asked) [...questions].at(-1).closest(".message-row")?.scrollIntoView();
  asked = questions.length;
  const ended = root.querySelectorAll("#chat :is(.delo.answer, .refusal)");
  const newest = [...root.querySelectorAll("#chat .message-row")].at(-1);
  if (ended.length > done) tell(summary([...ended].at(-1)));
  else if (newest?.querySelector(".waiting, .growing") && !newest.querySelector(".broken")) tell(state("searching"));
  done = ended.length;
}

let silent = 0;
function tell(words) {
  const told = document.querySelector("#told");
  if (told.textContent === words) return;
  told.textContent = words;
  clearTimeout(silent);
  silent = setTimeout(() => { told.textContent = ""; }, TOLD);
}

function summary(answer) {
  if (answer.matches(".refusal")) return state("refused");
  const head = answer.querySelector("h2")?.textContent;
  return head ? `${head}.` : state("answered").replace("{}", answer.querySelectorAll("[data-card], figure").length);
}

let due = false;
new MutationObserver(() => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => { due = false; begin(); furnish(); followed(); overheard(); });
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"] });
document.addEventListener("delo:interface", furnish);
