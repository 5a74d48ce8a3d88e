/** The phone's own back button in a form of steps. A page that was posted cannot be shown again from the history, and nothing of it is kept there: so its
 * entry becomes that of a plain page, and going back presses the form's own "Kembali", which takes all that was typed along. Works without: the button stands there. */
const back = document.querySelector("[data-step-back]");
const plain = () => history.replaceState(null, "", location.href);

plain();
if (back) {
  history.pushState({ step: true }, "");
  addEventListener("popstate", () => back.form.requestSubmit(back), { once: true });
}
