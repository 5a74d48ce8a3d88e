// Ask before what cannot be undone: a form with [data-confirm="id of a sheet"] is sent only from inside that sheet. Also: no form is sent twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const sheet = form.dataset.confirm && document.getElementById(form.dataset.confirm);
  if (sheet?.showPopover && !sheet.contains(event.submitter)) {
    event.preventDefault();
    sheet.showPopover();
    return;
  }
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  if (!event.defaultPrevented) event.submitter?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.forms) {
    if (!form.dataset.sent) continue;
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
});
