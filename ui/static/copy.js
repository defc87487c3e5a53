// Buttons that copy what their data-copy holds; the only script of Delo's own on the page.

const BACK_AFTER = 1500; // milliseconds

async function copied(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return true;
  }
  const area = document.createElement("textarea"); // over plain http from another machine there is no clipboard
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button || button.disabled) return;
  const name = button.textContent;
  if (!(await copied(button.dataset.copy))) return;
  button.disabled = true;
  button.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = name;
    button.disabled = false;
    button.focus();
  }, BACK_AFTER);
});
