// The worker's life. It takes over at once: pages do not depend on its version, and shelves outlive it.
addEventListener("install", (event) => event.waitUntil(stock(HOUSE.language, true).then(() => skipWaiting())));

// The page from which it was started was read before there was a worker: it is taken from what the browser holds already, without the network.
async function keepOpenPages() {
  for (const client of await clients.matchAll({ type: "window", includeUncontrolled: true })) {
    const url = new URL(client.url);
    if (!isPublic(url)) continue;
    const response = await fetch(nameOf(url), { cache: "force-cache" });
    const html = await response.clone().text();
    await stock(language(url.pathname));
    if (await keepIfMarked(nameOf(url), response)) await fetchParts(html, [...partsIn(html)], "only-if-cached");
  }
}

const claim = () => clients.claim().then(keepOpenPages);

addEventListener("activate", (event) => {
  event.waitUntil(forgetOldShared());
  event.waitUntil(claim().then(sweep).then(() => fetchNewest(HOUSE.language, false)).catch(() => {}));
});

// A part is looked at when a public page asks for it, or a script of one; what the desk shows passes through.
const isAskedInPublic = ({ referrer }) => Boolean(referrer) && [isPublic, isPart].some((is) => is(new URL(referrer)));

addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method === "POST" && url.pathname === HOUSE.share.address && url.origin === location.origin) event.respondWith(takeShared(request));
  if (request.method !== "GET" || request.headers.has("Range")) return;
  if (request.mode === "navigate") {
    if (isPublic(url)) event.respondWith(answerPage(event, url));
  } else if (isPart(url) && ["image", "style", "script"].includes(request.destination) && isAskedInPublic(request)) {
    event.respondWith(answerPart(event, url.pathname));
  }
});

addEventListener("message", (event) => {
  const asked = event.data, answer = (said) => event.ports[0]?.postMessage(said);
  const doing = { save: () => save(asked.name, asked.pictures), newest: () => fetchNewest(asked.lang, true), sweep, claim }[asked.do];
  if (doing) event.waitUntil(doing().then(answer, () => answer("failed")));
});
