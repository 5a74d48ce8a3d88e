// Fields that Wagtail's scripts build without a name get the name of the label that stands above them.
const NAMELESS = ".tagit-new input, .public-DraftEditor-content[role], #fileupload"

function labelOf(field) {
  const box = field.closest(".w-field, [data-contentpath], [data-field-wrapper], .w-panel, section, form")
  const label = box?.querySelector("label, .w-panel__heading, .c-sf-block__type") ?? document.querySelector("h1, h2")
  return label?.textContent.replace("*", "").trim() || document.title
}

// Wagtail's sheets have no name; its search tells its count by a heading that is an alert at once, which no reader understands, below headings of another depth.
function mend() {
  for (const head of document.querySelectorAll("h2[role=alert]")) {
    head.removeAttribute("role")
    head.setAttribute("aria-live", "polite")
  }
  for (const head of document.querySelectorAll("nav.listing-filter h3")) head.setAttribute("aria-level", "2")
  for (const sheet of document.querySelectorAll(".modal[role=dialog]:not([aria-label])")) {
    const head = sheet.querySelector("h1, h2")
    if (head) sheet.setAttribute("aria-label", head.textContent.trim())
  }
}

function name() {
  for (const field of document.querySelectorAll(NAMELESS))
    if (!field.getAttribute("aria-label")) field.setAttribute("aria-label", labelOf(field))
}

new MutationObserver(() => { name(); mend() }).observe(document.documentElement, { childList: true, subtree: true })
name()
mend()
