/** Conversations by the keyboard. In the list j and k go down and up, Enter opens, / searches. In one, r writes, n goes to the next. Nothing while somebody
 * types, but Ctrl+Enter, which sends. */
const rows = [...document.querySelectorAll(".convs a")];
const goes = {
  n: () => document.querySelector("[data-next]")?.click(),
  r: () => document.querySelector("#jawab textarea")?.focus(),
  "/": () => document.querySelector("form.search [type=search]")?.focus(),
};
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && typing) {
    const send = typing.form?.querySelector("[data-send]");
    if (send && typing.matches("textarea") && !event.repeat) {
      event.preventDefault();
      send.click();
    }
    return;
  }
  if (typing || event.metaKey || event.ctrlKey || event.altKey) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step && rows.length) {
    const now = rows.indexOf(document.activeElement);
    rows[Math.min(rows.length - 1, Math.max(0, now + step))].focus();
  } else if (goes[event.key]) {
    goes[event.key]();
  } else return;
  event.preventDefault();
});
