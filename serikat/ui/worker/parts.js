// What a page is made of: styles, scripts, small pictures. They are kept as they are shown, and go with the last page that names them.
const HASHED = /\.[0-9a-f]{12}\.\w+$/, LARGEST = 300_000, ROOM = 30_000_000;
const NAMED = new RegExp(`(?:${HOUSE.parts.join("|")})[^"'\\s,<>&)]+`, "g");
const partsIn = (html) => new Set(html.match(NAMED));
const weight = (response) => Number(response.headers.get("Content-Length")) || 0;
const isFixed = (path) => HASHED.test(path) || path.startsWith(HOUSE.parts[1]); // under one name never anything else

async function keepPart(path, response) {
  if (response.status === 200 && weight(response) <= LARGEST) await (await shelf("parts")).put(path, response);
}

// Fetch what a page names: styles and scripts, and these pictures. `cache` says whether the network may be asked.
async function fetchParts(html, pictures, cache) {
  const wanted = [...partsIn(html)].filter((path) => /\.(css|js|svg)$/.test(path) || pictures.includes(path));
  await Promise.all(wanted.map(async (path) => {
    if (await on("parts", path)) return;
    await fetch(path, { cache, mode: "same-origin" }).then((response) => keepPart(path, response)).catch(() => {});
  }));
}

async function answerPart(event, path) {
  const had = await on("parts", path);
  if (had && isFixed(path)) return had;
  try {
    const response = await fetch(event.request);
    event.waitUntil(keepPart(path, response.clone()));
    return response;
  } catch (error) {
    return had ?? (await anotherSize(path)) ?? Response.error();
  }
}

// The phone was turned, or the picture was kept for another place on the page: any size of it is better than none.
async function anotherSize(path) {
  const stem = path.replace(/-\d+(?=\.\w+$)/, "");
  if (!path.startsWith(HOUSE.parts[1])) return undefined;
  const cache = await shelf("parts");
  const other = (await cache.keys()).find((key) => new URL(key.url).pathname.replace(/-\d+(?=\.\w+$)/, "") === stem);
  return other && cache.match(other);
}
