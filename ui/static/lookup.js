// In a box that sends, Enter sends and Shift+Enter begins a line; while a letter is being composed, it does neither.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches("textarea[data-sends]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
