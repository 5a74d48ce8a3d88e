// What is written is not lost where there is no network. Opted in, its words and files stay on this phone for a week; what was sent while away goes
// out from the open page when the network is back, under the same key, so that it arrives once. The page works without. In a form of several steps
// the button that sends it in is marked data-draft-last; fields marked data-draft-not, and passwords, are not kept.
const { form, box, opt, erase, NAME, AGAIN, now, store, say, fields, kept, forget, carry, keep, fill } = globalThis.serikatDraft;

const send = async () => {
  if (now.busy) return;
  now.busy = true;
  say("sending");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Draft": "1" } });
    const next = answer.headers.get("X-Next"); // not a redirect, which would be followed here and its messages read by nobody
    if (next) return await forget(), location.assign(next);
    now.busy = now.waiting = false;
    if (answer.redirected) say("away");
    else if (answer.headers.has("X-Held")) fields().filter((f) => f.type === "file").forEach((f) => { f.value = ""; }), form.submit(); // the site holds them
    else await carry(), form.submit(); // what is wrong stands beside its field
  } catch {
    now.busy = false;
    now.waiting = true;
    say("waiting");
  }
};

form.addEventListener("input", keep);
opt.addEventListener("change", () => (opt.checked ? keep() : (forget(), say(""))));
form.addEventListener("submit", (event) => {
  if ("draftSteps" in form.dataset && !event.submitter?.hasAttribute("data-draft-last")) return void keep();
  event.preventDefault();
  keep().then(send);
});
addEventListener("online", () => now.waiting && send());
erase.addEventListener("click", () => { opt.checked = false; opt.focus(); forget().then(() => say("erased")); });
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
  erase.hidden = false;
  if (!kept().find((f) => /^(text|textarea)$/.test(f.type)).value) fill(draft.fields), say("found");
});
