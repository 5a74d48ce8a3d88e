// What this phone keeps, read from the browser's own store: each copy with its size and age, and a button that drops it.
const list = document.querySelector("[data-shelf]");
const row = document.getElementById("kept-row");
const lang = document.documentElement.lang;
const exact = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" });
const weight = (bytes) => bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(bytes / 1e6)} MB`;
const sizeOf = async (response) => response ? (await response.blob()).size : 0;
const open = async (kind) => (await caches.has(`serikat-${kind}`)) ? caches.open(`serikat-${kind}`) : undefined;
const titleOf = (html) => new DOMParser().parseFromString(html.match(/<h1[^>]*>([^]*?)<\/h1>/)?.[1] ?? html.match(/<title>([^]*?)<\/title>/)?.[1] ?? "", "text/html").body.textContent.trim();

async function partSizes() {
  const cache = await open("parts"), sizes = new Map();
  for (const request of cache ? await cache.keys() : []) sizes.set(new URL(request.url).pathname, await sizeOf(await cache.match(request)));
  return sizes;
}

async function fill(part, sizes) {
  const cache = await open(part.dataset.kind);
  const requests = cache ? (await cache.keys()).reverse() : [];
  part.hidden = !requests.length;
  part.querySelector("ul").replaceChildren(...await Promise.all(requests.map(async (request) => {
    const response = await cache.match(request), html = await response.text();
    const pictures = new Set(html.match(/\/media\/[^"'\s,<>&)]+/g)), line = row.content.cloneNode(true);
    const size = html.length + [...pictures].reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0);
    const link = line.querySelector("a"), drop = line.querySelector("button");
    link.href = request.url;
    link.textContent = titleOf(html) || new URL(request.url).pathname;
    line.querySelector("[data-about]").textContent = `${weight(size)} · ${exact.format(Number(response.headers.get("X-Kept-At")))}`;
    drop.querySelector(".vh").textContent += ` ${link.textContent}`;
    drop.addEventListener("click", async () => {
      await cache.delete(request);
      navigator.serviceWorker.controller?.postMessage({ do: "sweep" });
      show();
    });
    return line;
  })));
  return requests.length;
}

async function show() {
  const sizes = await partSizes();
  let count = 0;
  for (const part of list.querySelectorAll("[data-kind]")) count += await fill(part, sizes);
  document.querySelector("[data-none]").hidden = count > 0;
  const { usage } = await navigator.storage?.estimate?.() ?? {};
  if (usage) document.querySelector("[data-total]").textContent = weight(usage);
}
list.addEventListener("shelf", show);
if (self.caches) show();
