// What is typed is not lost: a form with [data-autosave="key"] keeps its text fields in this tab until it was sent. Passwords are never kept.
const kept = (form) => `draft:${form.dataset.autosave}`;
const fields = (form) => [...form.elements].filter((f) => f.name && /^(text|search|email|tel|url|number|date|time|textarea|select-one)$/.test(f.type));
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const draft = JSON.parse(sessionStorage.getItem(kept(form)) || "{}");
  const note = form.querySelector("[data-autosave-note]");
  for (const field of fields(form)) {
    if (draft[field.name] && !field.value) {
      field.value = draft[field.name];
      if (note) note.hidden = false;
    }
  }
  form.addEventListener("input", () => {
    sessionStorage.setItem(kept(form), JSON.stringify(Object.fromEntries(fields(form).map((f) => [f.name, f.value]))));
  });
  form.addEventListener("submit", () => sessionStorage.removeItem(kept(form)));
}
