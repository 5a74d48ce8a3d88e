// Fields that Wagtail's scripts build without a name get the name of the label that stands above them.
const NAMELESS = ".tagit-new input, .public-DraftEditor-content[role], #fileupload, [data-streamfield-child] input[type=text], [data-streamfield-child] textarea"

function labelOf(field) {
  for (let box = field.parentElement; box; box = box.parentElement) {
    const label = box.querySelector("label, .w-panel__heading, .c-sf-block__type, h1")?.textContent.replace("*", "").trim()
    if (label) return label
  }
  return document.title
}

// Wagtail's sheets have no name; its search tells its count by a heading that is an alert at once, which no reader understands, below headings of another depth.
function mend() {
  for (const head of document.querySelectorAll("h2[role=alert]")) {
    head.removeAttribute("role")
    head.setAttribute("aria-live", "polite")
  }
  if (document.documentElement.lang === "id")
    for (const nav of document.querySelectorAll("nav[aria-label=Actions]")) nav.setAttribute("aria-label", "Tindakan")
  for (const head of document.querySelectorAll("nav.listing-filter h3")) head.setAttribute("aria-level", "2")
  for (const sheet of document.querySelectorAll(".modal[role=dialog]:not([aria-label])")) {
    const head = sheet.querySelector("h1, h2")
    if (head) sheet.setAttribute("aria-label", head.textContent.trim())
  }
}

function name() {
  for (const field of document.querySelectorAll(NAMELESS))
    if (!field.getAttribute("aria-label") && !field.labels?.length) field.setAttribute("aria-label", labelOf(field))
}

// Who comes from the desk to one field is led there, once the scripts have built it.
let wanted = location.hash.slice(1)
function lead() {
  const field = document.getElementById(wanted)
  if (!field?.matches("input, textarea, select")) return
  wanted = ""
  setTimeout(() => { field.scrollIntoView({ block: "center" }); field.focus() }, 500)
}

new MutationObserver(() => { name(); mend(); lead() }).observe(document.documentElement, { childList: true, subtree: true })
name()
mend()
lead()
