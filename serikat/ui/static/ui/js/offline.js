// Public pages are kept for reading without network by the site's worker, unless the reader said no. It starts when the page is done.
const house = document.querySelector("link[rel=manifest]");
if (house && navigator.serviceWorker && localStorage.offline !== "no") {
  const { serviceWorker } = navigator;
  addEventListener("load", async () => {
    if (!(await serviceWorker.register("/sw.js").catch(() => {}))) return;
    const { active } = await serviceWorker.ready;
    if (!serviceWorker.controller) active.postMessage({ do: "claim" }); // opened while the worker was just beginning: it knows nothing of this page
  });
  const button = document.querySelector("[data-keep]");
  if (button) import(button.dataset.keep);
}
