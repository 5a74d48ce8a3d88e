// The picker of a place suggests while typing: a combobox with a list (WAI-ARIA). Without it the choices come with the answer of the form.
const make = (tag, attributes) => Object.assign(document.createElement(tag), attributes);

function enhance(picker) {
  const text = picker.querySelector('input[type="text"]');
  const name = text.name.replace(/-text$/, "");
  const list = make("ul", { id: `${text.id}-list`, className: "place-list", hidden: true });
  const told = make("p", { className: "place-told" });
  const code = picker.querySelector('input[type="hidden"]') ?? make("input", { type: "hidden", name });
  if (text.hasAttribute("form")) code.setAttribute("form", text.getAttribute("form"));
  const radios = picker.querySelector(".place-choices");
  let active = -1, timer, asked = 0;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", text.labels?.[0]?.textContent.trim() ?? name);
  told.setAttribute("role", "status");
  for (const [key, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) text.setAttribute(key, value);
  picker.append(list, told);

  const show = (open) => { list.hidden = !open; text.setAttribute("aria-expanded", String(open)); if (!open) mark(-1); };
  const mark = (at) => {
    active = at;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at < 0) return text.removeAttribute("aria-activedescendant");
    text.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const choose = (item) => { text.value = item.textContent; code.value = item.dataset.code; show(false); };
  const find = async () => {
    const mine = ++asked;
    const answer = await fetch(`${picker.dataset.address}?level=${picker.dataset.level}&q=${encodeURIComponent(text.value)}`).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const { places } = await answer.json();
    list.replaceChildren(...places.map((p, i) => { const item = make("li", { id: `${list.id}-${i}`, textContent: p.full }); item.dataset.code = p.code; item.setAttribute("role", "option"); return item; }));
    told.textContent = places.length ? `${places.length} ${picker.dataset.found}` : picker.dataset.none;
    mark(-1); show(places.length > 0);
  };
  text.addEventListener("input", () => { radios?.remove(); if (!code.isConnected) picker.append(code); code.value = ""; clearTimeout(timer); asked++; text.value.trim().length > 1 ? (timer = setTimeout(find, 150)) : show(false); });
  text.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape") return show(false);
    if (event.key === "Enter" && count && active >= 0) { event.preventDefault(); return choose(list.children[active]); }
    if (count && (event.key === "ArrowDown" || event.key === "ArrowUp")) { event.preventDefault(); mark(event.key === "ArrowDown" ? (active + 1) % count : (active <= 0 ? count : active) - 1); }
  });
  list.addEventListener("pointerdown", (event) => { event.preventDefault(); const item = event.target.closest("li"); if (item) choose(item); });
  text.addEventListener("blur", () => show(false));
}
document.querySelectorAll("[data-place-picker]").forEach(enhance);
