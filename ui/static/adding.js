// Files dropped anywhere on the page are chosen; more than can be sent at once is told before it is sent.

const form = document.querySelector(".adding form[data-most]");

function judged() {
  const { files } = form.elements.files;
  const bytes = [...files].reduce((sum, file) => sum + file.size, 0);
  const tooLarge = bytes > Number(form.dataset.most);
  form.querySelector("[role=alert]").hidden = !tooLarge;
  form.querySelector("button").disabled = tooLarge;
}

if (form) {
  const area = form.querySelector(".drop");
  const over = (event, is) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    area.classList.toggle("over", is);
  };
  document.addEventListener("dragover", (event) => over(event, true));
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(event, false); });
  document.addEventListener("drop", (event) => {
    over(event, false);
    if (!event.dataTransfer?.files.length) return;
    form.elements.files.files = event.dataTransfer.files;
    judged();
    form.querySelector("button").focus();
  });
  form.elements.files.addEventListener("change", judged);
}
