/** Enter in a line of a small form beside the answer presses that form's own button. Without: the page comes back with all that was typed, and nothing is done. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.defaultPrevented || event.isComposing || !event.target.matches("input")) return;
  const own = event.target.closest("[data-own]")?.querySelector("button[formaction]");
  if (!own) return;
  event.preventDefault();
  own.click();
});
