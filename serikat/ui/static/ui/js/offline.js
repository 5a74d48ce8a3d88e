// Public pages are kept for reading without network by the site's worker, unless the reader said no. It starts when the page is done.
const house = document.querySelector("link[rel=manifest]");
if (house && navigator.serviceWorker && localStorage.offline !== "no") {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
  const button = document.querySelector("[data-keep]");
  if (button) import(button.dataset.keep);
}
