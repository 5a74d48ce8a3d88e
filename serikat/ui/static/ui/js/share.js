// Sharing: [data-share] opens the phone's own sheet where there is one; elsewhere the link beside it leads to the page of choices.
if (navigator.share) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-share]");
    if (!link) return;
    event.preventDefault();
    navigator.share({ title: document.title, url: link.dataset.share || location.href.split("#")[0] }).catch(() => {});
  });
}
