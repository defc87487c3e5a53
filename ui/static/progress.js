// Long work: how far it is, asked now and then; when it has ended, on to where its result is.

const PAUSE = 500; // milliseconds between two questions
const LATER = 3000; // the same while the server does not answer
const TOLD_AT = 25; // per cent after which a screen reader is told again

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function show(section, { done, total, seconds }) {
  const bar = section.querySelector("progress");
  if (total) { bar.max = total; bar.value = done; }
  section.querySelector("[data-done]").textContent = done;
  section.querySelector("[data-total]").textContent = total || "…";
  section.querySelector("[data-time]").textContent = clock(seconds);
  const percent = total ? Math.floor((100 * done) / total / TOLD_AT) * TOLD_AT : 0;
  const told = section.querySelector("[role=status]");
  if (percent && told.textContent !== `${percent} %`) told.textContent = `${percent} %`;
}

async function watch(section) {
  const { job, then } = section.dataset;
  for (;;) {
    const reply = await fetch(`/job/${job}`, { cache: "no-store" }).catch(() => null);
    section.querySelector("[role=alert]").hidden = reply !== null;
    if (reply && !reply.ok) return location.replace(then); // forgotten: what is there says so
    if (reply) {
      const told = await reply.json();
      show(section, told);
      if (told.ended) return location.replace(then);
    }
    await new Promise((resolve) => setTimeout(resolve, reply ? PAUSE : LATER));
  }
}

for (const section of document.querySelectorAll(".job[data-job]")) watch(section);
