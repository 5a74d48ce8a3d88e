// A post is not lost where there is no network. Opted in, its words and files stay on this phone for a week; what was sent while away goes
// out from the open page when the network is back, under the same key, so that it arrives once. The page works without.
const form = document.querySelector("form[data-draft]");
const box = form.querySelector("[data-draft-box]");
const [opt, says, erase] = ["keep", "says", "erase"].map((name) => box.querySelector(`[data-draft-${name}]`));
const NAME = form.dataset.draft, WEEK = 7 * 864e5;
let waiting = false, busy = false;

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
const fields = () => [...form.elements].filter((f) => f.name && f.name !== "csrfmiddlewaretoken");
const typed = () => fields().filter(picked).map((f) => [f.name, f.type === "file" ? [...f.files] : f.value]);
const forget = () => store("readwrite", (drafts) => (drafts.delete(AGAIN), drafts.delete(NAME)));
const AGAIN = `${NAME}-again`; // what was picked, while the page comes back with what is wrong: a browser never fills a file field again
const picks = () => typed().filter(([, value]) => Array.isArray(value) && value.length);
const carry = () => (picks().length ? store("readwrite", (drafts) => drafts.put(picks(), AGAIN)).catch(() => {}) : null);
const keep = async () => {
  if (!opt.checked || busy) return;
  await store("readwrite", (drafts) => drafts.put({ fields: typed(), until: Date.now() + WEEK }, NAME));
  if (!waiting) say("kept");
};
const files = (list) => list.reduce((bag, file) => (bag.items.add(file), bag), new DataTransfer()).files;
const fill = (draft) => draft.forEach(([name, value]) => fields().filter((f) => f.name === name).forEach((f) => {
  if (f.type === "file") f.files = files(value);
  else if (/radio|checkbox/.test(f.type)) f.checked = f.value === value;
  else f.value = value;
}));
const send = async () => {
  if (busy) return;
  busy = true;
  say("sending");
  try {
    const answer = await fetch(location.href, { method: "POST", body: new FormData(form), headers: { "X-Draft": "1" } });
    const next = answer.headers.get("X-Next"); // not a redirect, which would be followed here and its messages read by nobody
    if (next) return await forget(), location.assign(next);
    busy = waiting = false;
    if (answer.redirected) say("away");
    else if (answer.headers.has("X-Held")) fields().filter((f) => f.type === "file").forEach((f) => { f.value = ""; }), form.submit(); // the site holds them
    else await carry(), form.submit(); // what is wrong stands beside its field
  } catch {
    busy = false;
    waiting = true;
    say("waiting");
  }
};

form.addEventListener("input", keep);
opt.addEventListener("change", () => (opt.checked ? keep() : (forget(), say(""))));
form.addEventListener("submit", (event) => { event.preventDefault(); keep().then(send); });
addEventListener("online", () => waiting && send());
erase.addEventListener("click", () => { opt.checked = false; forget().then(() => say("erased")); });
addEventListener("leave", (event) => event.detail.push(forget(), caches.delete("serikat-shared")));
box.hidden = false;
store("readwrite", (drafts) => { const picks = drafts.get(AGAIN); drafts.delete(AGAIN); return picks; }).then((picks) => {
  const lost = form.querySelector("[data-draft-lost]");
  if (!picks || !lost) return;
  fill(picks);
  lost.hidden = true;
});
store("readonly", (drafts) => drafts.get(NAME)).then((draft) => {
  if (!draft) return;
  if (draft.until < Date.now()) return forget();
  opt.checked = true;
  if (!form.elements.title.value) fill(draft.fields), say("found");
});
