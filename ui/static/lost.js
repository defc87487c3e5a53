// Whether the server still answers; if not, that is said until it does.

import { alarm } from "./asking.js";

const EVERY = 10_000; // milliseconds between two looks while it answers
const AGAIN = 2_000; // and while it does not

async function answers() {
  try {
    await fetch("/delo/before.js", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(EVERY) });
    return true;
  } catch { return false; }
}

async function look() {
  const there = document.hidden || await answers(); // who does not look needs not be told
  alarm("lost", !there);
  setTimeout(look, there ? EVERY : AGAIN);
}

setTimeout(look, EVERY);
