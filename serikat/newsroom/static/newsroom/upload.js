// A file goes up in pieces and goes on where it stopped, also after the page was closed: the same file (name, size, last change) finds its place again.
const PIECE = 1 << 20;
const form = document.querySelector("form[data-pieces]");
const part = (name) => form.querySelector(`[data-${name}]`);
const show = (name, seen) => { part(name).hidden = !seen; };

async function ask(address, options = {}) {
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, ...options.headers };
  for (let wait = 1000; ; wait = Math.min(wait * 2, 30000)) {
    const answer = await fetch(address, { ...options, headers, redirect: "manual" }).catch(() => ({ status: 599 }));
    show("waits", answer.status >= 500);
    if (answer.type === "opaqueredirect" || answer.status === 403 || (answer.status === 404 && options.method)) throw new Error("signed out");
    if (answer.status < 500) return { status: answer.status, ...(await answer.json().catch(() => ({}))) };
    await new Promise((go) => setTimeout(go, wait));
  }
}

async function send(file) {
  const mark = `unggah:${file.name}:${file.size}:${file.lastModified}`;
  let at = localStorage.getItem(mark);
  let now = at ? await ask(at) : { status: 404 };
  show("goes-on", now.status === 200 && now.offset > 0);
  if (now.status !== 200) {
    const told = new URLSearchParams({ title: form.elements.title.value, unit: form.elements.unit.value, name: file.name, size: file.size });
    now = await ask(form.dataset.pieces, { method: "POST", body: told });
    if (now.at) localStorage.setItem(mark, at = now.at);
  }
  while (now.offset < file.size && !now.problem) {
    part("now").textContent = form.querySelector("progress").value = Math.floor(now.offset * 100 / file.size);
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": now.offset };
    now = await ask(at, { method: "PATCH", body: await file.slice(now.offset, now.offset + PIECE).arrayBuffer(), headers });
    if (now.status === 409) delete now.problem;
  }
  if (!now.problem) now = await ask(`${at}selesai/`, { method: "POST" });
  if (now.done || now.status >= 400) localStorage.removeItem(mark);
  return now;
}

form.addEventListener("submit", async (event) => {
  const file = form.elements.file.files[0];
  if (!file || !form.checkValidity()) return;
  event.preventDefault();
  const button = form.querySelector("button[type=submit]");
  show("problem", false); show("sending", true); button.disabled = true;
  const end = await send(file).catch(() => ({}));
  if (end.done) return void location.assign(end.done);
  show("sending", false); show("problem", true); show("signed-out", !end.problem); button.disabled = false;
  part("why").textContent = end.problem || "";
});
