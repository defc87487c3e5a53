// The tree of archives: what lies in a branch is brought when it is unfolded.

async function unfold(branch) {
  const link = branch.querySelector(":scope > p > a[data-inside]");
  if (!link) return;
  const address = link.href;
  link.removeAttribute("data-inside");
  const reply = await fetch(address);
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const inside = page.querySelectorAll("#here > :not(summary)");
  if (!inside.length) return;
  const held = document.activeElement === link;
  for (const old of branch.querySelectorAll(":scope > :not(summary)")) old.remove();
  branch.append(...inside);
  if (held) branch.querySelector("summary").focus();
}

document.querySelector(".tree")?.addEventListener("toggle", (event) => event.target.open && unfold(event.target), true);
