// Nothing grows without end: the oldest goes first, and parts go when no page names them any more.
async function bound(kind) {
  const cache = await shelf(kind);
  const over = (await cache.keys()).slice(0, -MOST[kind]);
  for (const request of over) await cache.delete(request);
  if (over.length) await sweep();
}

async function sweep() {
  const named = new Set();
  for (const kind of KINDS) {
    if (!(await caches.has(`serikat-${kind}`))) continue;
    for (const page of await (await shelf(kind)).matchAll()) for (const part of partsIn(await page.text())) named.add(part);
  }
  const parts = await shelf("parts");
  let room = ROOM;
  for (const request of (await parts.keys()).reverse()) {
    const { pathname } = new URL(request.url);
    const isPicture = pathname.startsWith(HOUSE.parts[1]);
    if (isPicture) room -= weight(await parts.match(request)) || 50_000;
    if (!named.has(pathname) || (isPicture && room < 0)) await parts.delete(request);
  }
}
