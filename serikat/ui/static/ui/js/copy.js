// Copying: [data-copy="text"] copies its text and says so; without clipboard access the text is selected instead.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    const says = button.querySelector("[data-says]");
    const before = says.textContent;
    says.textContent = says.dataset.says;
    setTimeout(() => { says.textContent = before; }, 2500);
  } catch {
    getSelection().selectAllChildren(source);
  }
});
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
