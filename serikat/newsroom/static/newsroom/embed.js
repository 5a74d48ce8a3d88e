// A video of another site: nothing is asked of that site before the reader taps. Without this script the link simply leads there.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-frame]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  const from = link.dataset.frame;
  frame.src = from + (from.includes("?") ? "&" : "?") + "autoplay=1";
  frame.title = link.querySelector("b").textContent;
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(frame);
  frame.focus();
});
