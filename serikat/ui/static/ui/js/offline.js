// Public pages are kept for reading without network by the site's worker, unless the reader said no. It starts when the page is done.
// A page that was opened while the worker began asks to be taken over.
const { serviceWorker } = navigator;
if (serviceWorker && document.querySelector("link[rel=manifest]") && localStorage.offline !== "no") {
  addEventListener("load", () => serviceWorker.register("/sw.js").then(() => serviceWorker.ready).then(({ active }) => serviceWorker.controller || active.postMessage({ do: "claim" })).catch(() => {}));
  const button = document.querySelector("[data-keep]");
  if (button) import(button.dataset.keep);
}
