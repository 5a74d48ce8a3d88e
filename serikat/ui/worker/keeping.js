// Keeping copies, each with the moment at which the network gave it. The names of the shelves never change, so that no update loses what stands there.
const shelf = (kind) => caches.open(`serikat-${kind}`);
const on = (kind, name) => caches.match(name, { cacheName: `serikat-${kind}`, ignoreVary: true });
const sameBefore = {}; // one change of a shelf after another

async function copyOf(name) {
  for (const kind of KINDS) {
    const copy = await on(kind, name);
    if (copy) return copy;
  }
}

// What the answer is marked for; a page that the reader saved stays among the saved ones, and is brought up to date there.
async function kindFor(name, response) {
  const kind = response.ok && !response.redirected && response.headers.get(MARK);
  if (!kind || !(kind in MOST)) return "";
  return (await on("saved", name)) ? "saved" : kind;
}

async function keep(kind, name, response) {
  const headers = new Headers(response.headers);
  for (const past of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(past);
  headers.set(SINCE, Date.now());
  const copy = new Response(await response.blob(), { headers });
  const turn = (sameBefore[kind] ?? Promise.resolve()).then(async () => {
    const cache = await shelf(kind);
    if (kind !== "saved") await cache.delete(name); // so that it stands last, as the newest
    await cache.put(name, copy);
    if (kind === "article") await (await shelf("fresh")).delete(name);
    if (kind !== "saved") await bound(kind);
  });
  sameBefore[kind] = turn.catch(() => {});
  return turn;
}

async function keepIfMarked(name, response) {
  const gone = [404, 410].includes(response.status); // it left the site: what was kept by itself goes; what the reader saved is the reader's
  if (gone) for (const kind of ["article", "fresh", "page"]) if (await on(kind, name)) await (await shelf(kind)).delete(name);
  const kind = await kindFor(name, response);
  if (kind) await keep(kind, name, response);
  return kind;
}
