// Which requests this worker looks at, and under which name a page is kept. Whatever is not named here passes through untouched.
const KINDS = ["saved", "article", "fresh", "page", "shell"]; // where a copy is looked for, in this order
const MOST = { saved: 100, article: 30, fresh: 30, page: 12, shell: 8, parts: 600, shared: 6 };
const MARK = "X-Serikat-Offline", SINCE = "X-Kept-At";

const first = (path) => path.split("/")[1];
const language = (path) => (first(path) in HOUSE.words ? first(path) : HOUSE.language);
const bare = (path) => (first(path) in HOUSE.words ? path.slice(first(path).length + 1) : path);
const isPart = (url) => url.origin === location.origin && HOUSE.parts.some((prefix) => url.pathname.startsWith(prefix));
const isPublic = (url) => url.origin === location.origin && !isPart(url) && !HOUSE.through.includes(first(bare(url.pathname)));

// Marks of tracking and whatever else the site does not listen to are left out, so that one page has one name.
function nameOf(url) {
  const number = url.searchParams.get("hal");
  return number ? `${url.pathname}?hal=${encodeURIComponent(number)}` : url.pathname;
}
