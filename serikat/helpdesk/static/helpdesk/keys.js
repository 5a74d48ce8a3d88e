/** In the list of conversations: j and k go down and up, Enter opens. Nothing while somebody types. */
const rows = [...document.querySelectorAll(".convs a")];
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.metaKey || event.ctrlKey || event.altKey) return;
  const step = { j: 1, k: -1 }[event.key];
  if (!step || !rows.length) return;
  const now = rows.indexOf(document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, now + step))].focus();
  event.preventDefault();
});
