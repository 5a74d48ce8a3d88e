// Leaving at once: the page is empty before anything is asked of the network, and going back finds nothing typed. Who keeps something on the
// phone erases it on "leave", in whose detail they put their promise.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-leave]");
  if (!link) return;
  event.preventDefault();
  const work = [];
  dispatchEvent(new CustomEvent("leave", { detail: work }));
  for (const form of document.forms) form.reset();
  document.title = "…";
  document.body.replaceChildren();
  const patience = new Promise((done) => setTimeout(done, 400));
  Promise.race([Promise.allSettled(work), patience]).then(() => location.replace(link.href));
});
