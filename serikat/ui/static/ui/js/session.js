// A page that looks for news by itself hears that the session is over (401): say so beside what is being typed, and leave all of it as it is.
const over = document.getElementById("session-over");
document.addEventListener("htmx:responseError", (event) => {
  if (!over?.hidden || event.detail.xhr.status !== 401) return;
  const beside = document.activeElement?.closest("form > *") ?? document.querySelector("main > *");
  beside?.before(over);
  over.hidden = false;
});
document.addEventListener("htmx:afterOnLoad", (event) => {
  if (over && event.detail.successful) over.hidden = true;
});
