// What a reader says of an answer is sent to the room that judges; whether it was kept is told beneath the answer.

function tell(marking, kept, reason) {
  const told = marking.querySelector(kept ? ".kept" : ".unkept").cloneNode(true);
  const why = document.createElement("span");
  if (reason) { why.lang = "en"; why.textContent = ` (${reason})`; }
  const status = marking.querySelector("[role=status]");
  status.replaceChildren(...told.childNodes, why);
  status.scrollIntoView({ block: "nearest" });
}

async function sent(marking, verdict) {
  const { question, language, places } = marking.dataset;
  const body = new URLSearchParams({ question, language, verdict });
  for (const place of places.split(" ").filter(Boolean)) body.append("place", place);
  try {
    const reply = await fetch("/judge/mark", { method: "POST", body });
    const told = await reply.json().catch(() => ({}));
    return { kept: reply.ok, reason: told.trouble ?? (reply.ok ? "" : `${reply.status}`) };
  } catch {
    return { kept: false, reason: "the server does not answer" };
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest(".marking button[data-mark]");
  if (!button) return;
  const marking = button.closest(".marking");
  const { kept, reason } = await sent(marking, button.dataset.mark);
  if (kept)
    for (const other of marking.querySelectorAll("button[data-mark]"))
      other.setAttribute("aria-pressed", other === button);
  tell(marking, kept, reason);
});
