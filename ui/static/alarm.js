// What is wrong, said in a line of our own: the server does not answer, the queue is full, a question broke,
// who asks is no longer logged in.

const EVERY = 10_000; // milliseconds between two looks whether the server answers, while it does
const AGAIN = 2_000; // and while it does not
const LONG = 20_000; // that a line stays which nothing takes back

function alarm(name, wrong) {
  document.getElementById(name).hidden = !wrong;
}

async function answers() {
  try {
    await fetch("/delo/before.js", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(EVERY) });
    return true;
  } catch { return false; }
}

async function loggedOut() {
  try {
    const { status } = await fetch("/account.json", { headers: { Accept: "application/json" } });
    return status === 401;
  } catch { return false; }
}

let next = setTimeout(look, EVERY);
async function look() {
  clearTimeout(next);
  const there = document.hidden || await answers(); // who does not look needs not be told
  alarm("lost", !there);
  next = setTimeout(look, there ? EVERY : AGAIN);
  return there;
}

// What gradio tells in English in a corner, which is not shown.
export async function overheard() {
  const told = document.querySelector(".toast-body:is(.error, .warning)");
  if (!told) return;
  const full = /queue|full|busy/i.test(told.textContent);
  told.querySelector("button")?.click();
  if (!(await look())) return;
  const name = await loggedOut() ? "ended" : full ? "busy" : "broken";
  alarm(name, true);
  setTimeout(() => alarm(name, false), LONG);
}
