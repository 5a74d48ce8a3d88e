// The moment at which a player stands goes into a field: [data-moment="player"] writes it into the field named by data-into, a textarea gets it as
// the beginning of a new line.
const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")},${Math.floor((s * 10) % 10)}`;
for (const button of document.querySelectorAll("[data-moment]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const now = document.getElementById(button.dataset.moment).currentTime;
    const field = document.getElementById(button.dataset.into);
    if (field.tagName !== "TEXTAREA") {
      field.value = now.toFixed(1);
    } else {
      const before = field.value.slice(0, field.selectionEnd);
      const fresh = before && !before.endsWith("\n") && !/(^|\n)[\d:,. ]*$/.test(before) ? "\n" : "";
      field.setRangeText(`${fresh}${clock(now)} `, field.selectionEnd, field.selectionEnd, "end");
    }
    field.focus();
  });
}
