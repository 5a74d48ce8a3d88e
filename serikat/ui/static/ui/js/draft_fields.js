// What a draft holds and where: its fields, and the phone's own store. Stands before draft.js in one file.
const form = document.querySelector("form[data-draft]");
const box = form.querySelector("[data-draft-box]");
const [opt, says, erase] = ["keep", "says", "erase"].map((name) => box.querySelector(`[data-draft-${name}]`));
const NAME = form.dataset.draft, WEEK = 7 * 864e5;
const now = { waiting: false, busy: false };

const store = (mode, work) => new Promise((done, fail) => {
  const asked = indexedDB.open("serikat-draft", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("drafts");
  asked.onerror = () => fail(asked.error);
  asked.onsuccess = () => {
    const deal = asked.result.transaction("drafts", mode);
    const got = work(deal.objectStore("drafts"));
    deal.oncomplete = () => { asked.result.close(); done(got.result); };
    deal.onerror = () => fail(deal.error);
  };
});
const say = (what) => { says.textContent = says.dataset[what] ?? ""; };
const picked = (field) => !/radio|checkbox/.test(field.type) || field.checked;
const fields = () => [...form.elements].filter((f) => f.name && f.name !== "csrfmiddlewaretoken" && !/submit|button/.test(f.type));
const kept = () => fields().filter((f) => f.type !== "password" && !f.hasAttribute("data-draft-not"));
const typed = () => kept().filter(picked).map((f) => [f.name, f.type === "file" ? [...f.files] : f.value]);
const forget = () => store("readwrite", (drafts) => (drafts.delete(AGAIN), drafts.delete(NAME))).then(() => { erase.hidden = true; });
const AGAIN = `${NAME}-again`; // what was picked, while the page comes back with what is wrong: a browser never fills a file field again
const picks = () => typed().filter(([, value]) => Array.isArray(value) && value.length);
const carry = () => (picks().length ? store("readwrite", (drafts) => drafts.put(picks(), AGAIN)).catch(() => {}) : null);
const keep = async () => {
  if (!opt.checked || now.busy) return;
  await store("readwrite", (drafts) => drafts.put({ fields: typed(), until: Date.now() + WEEK }, NAME));
  erase.hidden = false;
  if (!now.waiting) say("kept");
};
const files = (list) => list.reduce((bag, file) => (bag.items.add(file), bag), new DataTransfer()).files;
const fill = (draft) => draft.forEach(([name, value]) => kept().filter((f) => f.name === name).forEach((f) => {
  if (f.type === "file") f.files = files(value);
  else if (/radio|checkbox/.test(f.type)) f.checked = f.value === value;
  else f.value = value;
}));
globalThis.serikatDraft = { form, box, opt, erase, NAME, AGAIN, now, store, say, fields, kept, forget, carry, keep, fill };
