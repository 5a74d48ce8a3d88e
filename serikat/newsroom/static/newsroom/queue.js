// The moderator's queue by keyboard: J and K walk, Enter opens, T lets a comment show, X does not. The page works without.
const queue = document.querySelector("[data-queue]");
const items = [...queue.querySelectorAll("[data-item]")];
let at = -1;

const go = (step) => {
  at = Math.min(Math.max(at + step, 0), items.length - 1);
  const item = items[at];
  (item?.querySelector("[data-open]") ?? item)?.focus();
  item?.scrollIntoView({ block: "nearest" });
};
const press = (answer) => items[at]?.querySelector(`button[value="${answer}"]`)?.click();
const keys = { j: () => go(1), k: () => go(-1), t: () => press("show"), x: () => press("refuse") };

document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = keys[event.key.toLowerCase()];
  if (act) {
    event.preventDefault();
    act();
  }
});
queue.querySelector("[data-keys]").hidden = false;
if (items.length) go(1);
