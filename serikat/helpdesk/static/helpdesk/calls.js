// Wrap-up in three keys: 1 to 8 choose the outcome, Enter closes, n takes the next call, from the list of who rings too, which renews itself. In a text
// field keys are letters; Esc leaves it.
const form = document.querySelector("form[data-wrap-up]");
const next = () => document.querySelector("[data-next], [data-next-form] button");
const writes = (element) => element.closest("textarea, select, input:not([type=radio]):not([type=checkbox])");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.isComposing) return;
  const typing = writes(event.target);
  if (event.key === "Escape" && typing) {
    const first = form && (form.querySelector("[name=outcome]:checked") || form.querySelector("[name=outcome]"));
    if (first) first.focus();
    return;
  }
  if (typing && !event.altKey) return;
  const digit = /^(?:Digit|Numpad)([1-8])$/.exec(event.code);
  const choice = digit && form ? form.querySelectorAll("[name=outcome]")[Number(digit[1]) - 1] : null;
  if (choice) {
    choice.checked = true;
    choice.focus();
    event.preventDefault();
  } else if (event.key === "Enter" && form && event.target.name === "outcome") {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "n" && !event.altKey && next()) {
    event.preventDefault();
    next().click();
  }
});
