// A page: from the network; where that fails or takes too long the kept copy, which says how old it is; where there is none the plain offline page.
const PATIENCE = 4000;
const UNITS = [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000]];

function age(since, lang) {
  const past = Math.max(0, Date.now() - since);
  const exact = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short" }).format(since);
  const [unit, length] = UNITS.find(([, ms]) => past >= ms) ?? [];
  if (!unit) return `${exact} (${HOUSE.words[lang].now})`;
  return `${exact} (${new Intl.RelativeTimeFormat(lang, { numeric: "always" }).format(-Math.floor(past / length), unit)})`;
}

async function asCopy(copy, path) {
  const since = Number(copy.headers.get(SINCE)), lang = language(path), words = HOUSE.words[lang];
  const html = await copy.text();
  const note = `<div class="alert kept-copy" role="status">${HOUSE.icon}<p><b>${words.copy}</b> ${words.from} ${age(since, lang)}. ${words.changed}</p></div>`;
  const told = copy.headers.get(MARK) === "shell" ? html : html.replace(/<main[^>]*>/, (main) => main + note);
  return new Response(told, { headers: copy.headers });
}

async function answerPage(event, url) {
  const name = nameOf(url);
  const asked = fetch(event.request);
  event.waitUntil(asked.then((response) => keepIfMarked(name, response.clone())).then(() => stock(language(url.pathname))).catch(() => {}));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(() => copyOf(name));
  try {
    const found = await Promise.race([asked, late.then((copy) => copy ?? asked)]);
    return found.headers.has(SINCE) ? await asCopy(found, url.pathname) : found;
  } catch (error) {
    const copy = await copyOf(name);
    if (copy) return asCopy(copy, url.pathname);
    return (await copyOf(HOUSE.shell[language(url.pathname)][0])) ?? (await copyOf(HOUSE.shell[HOUSE.language][0])) ?? Response.error();
  }
}
