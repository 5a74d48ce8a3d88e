/** The phone's own back button in a form of steps presses the form's own "Kembali", which takes along what was typed on this step too. Works without: each
 * step is a page of its own, and the button stands there. */
const back = document.querySelector("[data-step-back]");

if (back) {
  history.pushState({ step: true }, "");
  addEventListener("popstate", () => back.form.requestSubmit(back), { once: true });
}
