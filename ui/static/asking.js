// The conversation: questions to click, the buttons above the box, gradio's own words in both languages, and what is
// told to those who do not see an answer come.

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
let asked = 0;
let done = 0;
function followed() {
  const questions = root.querySelectorAll("#chat :is(.asked, .refusal)");
  if (questions.length > asked) [...questions].at(-1).closest(".message-row")?.scrollIntoView();
  asked = questions.length;
  const ended = root.querySelectorAll("#chat :is(.delo.answer, .refusal)");
  const told = document.querySelector("#told");
  if (ended.length > done) told.textContent = summary([...ended].at(-1));
  else if (find("#chat :is(.waiting, .growing)") && ended.length === done && told.textContent !== state("searching"))
    if (!find("#chat .broken")) told.textContent = state("searching");
  done = ended.length;
}

function summary(answer) {
  if (answer.matches(".refusal")) return state("refused");
  const head = answer.querySelector("h2")?.textContent;
  return head ? `${head}.` : state("answered").replace("{}", answer.querySelectorAll("[data-card], figure").length);
}

// What gradio would tell in English in a corner: that the queue is full, or that something broke.
function alarmed() {
  const toast = document.querySelector(".toast-body.error, .toast-body.warning");
  if (!toast) return;
  const busy = /queue|full|busy/i.test(toast.textContent);
  alarm(busy ? "busy" : "broken", true);
  setTimeout(() => alarm(busy ? "busy" : "broken", false), 20_000);
  toast.querySelector("button")?.click();
}

export function alarm(name, wrong) {
  document.getElementById(name).hidden = !wrong;
}

let due = false;
new MutationObserver(() => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => { due = false; furnish(); followed(); alarmed(); });
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"] });
document.addEventListener("delo:interface", furnish);
