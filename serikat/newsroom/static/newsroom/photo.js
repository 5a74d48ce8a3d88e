// From a phone's picture to the page in three taps: choose, take or pick, and it stands there. On a narrow screen the sheet begins where one
// uploads, a picked file goes up at once under its own name, and what is asked next is what can be seen on it.
const NARROW = matchMedia("(max-width: 49.99em)");
const FORM = "form[data-chooser-modal-creation-form]";
const ALT = "[name=cover_alt], [name$='-value-alt']";
const CHOOSERS = "[data-streamfield-child] .image-chooser";
let opener = null;

// The field for the words of the picture that was just placed: beside its chooser, in the same part or the same panel.
function wordsFor(chooser) {
  for (let box = chooser?.parentElement; box; box = box.parentElement) {
    const field = box.querySelector(ALT);
    if (field) return field;
  }
}

function begin(form) {
  form.dataset.phone = "begun";
  const file = form.querySelector("input[type=file][accept*=image], input[type=file][name$=file]");
  const chooser = opener;
  if (!file || !NARROW.matches || !chooser?.matches(".image-chooser")) return;
  form.dataset.phone = "upload";
  setTimeout(() => form.closest(".modal")?.querySelector("[role=tab][href='#tab-upload']")?.click(), 60); // when Wagtail's tabs listen
  file.addEventListener("change", () => {
    form.querySelector("[name$=title]").value = ""; // the file's own name, also after another that was refused
    if (file.files.length) form.requestSubmit();
  });
  new MutationObserver((_, watch) => {
    if (form.isConnected) return;
    watch.disconnect();
    if (chooser.querySelector("[data-chooser-image]")?.getAttribute("src")) setTimeout(() => wordsFor(chooser)?.focus(), 400);
  }).observe(document.body, { childList: true, subtree: true });
}

// A picture that was put into the body asks for its file at once.
function ask(before) {
  const fresh = [...document.querySelectorAll(CHOOSERS)].find((chooser) => !before.includes(chooser));
  fresh?.querySelector(".unchosen [data-chooser-action-choose]")?.click();
}

document.addEventListener("click", ({ target }) => {
  opener = target.closest?.(".chooser") ?? opener;
  const before = [...document.querySelectorAll(CHOOSERS)];
  if (NARROW.matches && target.closest?.("[role=option]")) setTimeout(() => ask(before), 350);
}, true);
new MutationObserver(() => {
  for (const form of document.querySelectorAll(`${FORM}:not([data-phone])`)) begin(form);
}).observe(document.documentElement, { childList: true, subtree: true });
