// What a page may ask of the worker: save this article, fetch the newest, tidy up. And what the worker fetches by itself.
const phone = navigator.connection;
const REST = 6 * 3_600_000;

// The plain pages that must be there when nothing else is, once in each language that is read.
async function stock(lang, again) {
  if (!again && (await on("shell", HOUSE.shell[lang][0]))) return;
  await Promise.all(HOUSE.shell[lang].map(async (path) => {
    const response = await fetch(path, { cache: "no-cache" });
    const html = await response.clone().text();
    await keepIfMarked(path, response);
    await fetchParts(html, [], "force-cache");
  }));
}

async function save(name, pictures) {
  const saved = await shelf("saved");
  if ((await saved.keys()).length >= MOST.saved && !(await saved.match(name))) return "full";
  const response = await fetch(name, { cache: "no-cache" }).catch(() => copyOf(name));
  if (!response?.ok || !response.headers.get(MARK)) return "failed";
  const html = await response.clone().text();
  await keep("saved", name, response);
  for (const kind of ["article", "fresh", "page"]) if (await on(kind, name)) await (await shelf(kind)).delete(name);
  await fetchParts(html, pictures, "force-cache");
  return "kept";
}

// The words of the newest articles, without pictures: by itself only over Wi-Fi, at most every six hours; else when the reader asks.
async function fetchNewest(lang, wanted) {
  const last = (await (await shelf("fresh")).matchAll()).at(-1);
  const rested = !last || Date.now() - last.headers.get(SINCE) > REST;
  if (!wanted && (phone?.type !== "wifi" || phone.saveData || !rested)) return 0;
  const { paths } = await (await fetch(HOUSE.newest[lang])).json();
  let count = 0;
  for (const path of paths.reverse()) {
    if (await copyOf(path)) continue;
    const response = await fetch(path);
    const html = await response.clone().text();
    if (!(await kindFor(path, response))) continue;
    await keep("fresh", path, response);
    await fetchParts(html, [], "force-cache");
    count += 1;
  }
  return count;
}
