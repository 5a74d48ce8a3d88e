/** Counts a text as SMS while it is typed, with what goes out below it (`data-after`); the server counts again and decides. Words come from the page. */
const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
const TWICE = new Set("\f^{}\\[~]|€");

function measure(text) {
  const signs = [...text];
  const wide = signs.filter((sign) => !BASIC.has(sign) && !TWICE.has(sign));
  const size = (sign) => (wide.length ? sign.length : TWICE.has(sign) ? 2 : 1);
  const units = signs.reduce((sum, sign) => sum + size(sign), 0);
  const [alone, joined] = wide.length ? [70, 67] : [160, 153];
  if (units <= alone) return { units, parts: units ? 1 : 0, wide };
  let parts = 1, used = 0;
  for (const sign of signs) {
    if (used + size(sign) > joined) { parts += 1; used = 0; }
    used += size(sign);
  }
  return { units, parts, wide };
}

const said = (text, { after, unless }) => (text && after && !new RegExp(unless, "i").test(text) ? `${text}\n${after}` : text);

for (const line of document.querySelectorAll("[data-count]")) {
  const field = document.getElementById(line.dataset.count), before = field.value;
  const plain = line.parentElement.querySelector("[data-counted]"); // what the server counted, of the text as it came
  const tell = () => {
    const { units, parts, wide } = measure(said(field.value.trim(), line.dataset));
    const cost = Number(line.dataset.price) * parts;
    line.textContent = line.dataset.words.replace("{n}", units).replace("{p}", parts).replace("{c}", cost.toLocaleString("id-ID"))
      + (wide.length ? ` ${line.dataset.dear.replace("{s}", [...new Set(wide)].slice(0, 5).join(" "))}` : "");
    line.classList.toggle("dear", wide.length > 0 || parts > 1);
    if (plain) plain.hidden = field.value !== before;
  };
  field.addEventListener("input", tell);
  if (field.value) tell();
}
