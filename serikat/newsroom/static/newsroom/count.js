// Counts along while a variant is typed, as its channel counts. The server counts again when it is saved.
const GSM = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà\f^{}\\[~\]|€]*$/;
const URLS = /https?:\/\/[^\s<>"]+/g;
const sms = (text) => {
  const small = GSM.test(text);
  const used = small ? text.length + (text.match(/[\f^{}\\[~\]|€]/g) || []).length : text.length;
  const [alone, joined] = small ? [160, 153] : [70, 67];
  return { used, most: alone, parts: used > alone ? Math.ceil(used / joined) : text ? 1 : 0 };
};
const x = (text) => {
  const plain = text.normalize("NFC").replace(URLS, "");
  let used = 23 * (text.match(URLS) || []).length;
  for (const { segment } of new Intl.Segmenter().segment(plain)) {
    if (/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(segment)) used += 2;
    else for (const sign of segment) {
      const code = sign.codePointAt(0);
      used += code <= 0x10ff || (code >= 0x2000 && code <= 0x200d) || (code >= 0x2010 && code <= 0x201f) || (code >= 0x2032 && code <= 0x2037) ? 1 : 2;
    }
  }
  return { used, most: 280 };
};
const signs = (text, most) => ({ used: [...text].length, most });
for (const field of document.querySelectorAll("textarea[data-count]")) {
  const note = field.form.querySelector("[data-count-note]");
  const words = field.form.querySelector("[data-count-words]");
  const longest = Number(field.dataset.longest);
  const count = { sms, x, mastodon: (text) => signs(text.replace(URLS, "x".repeat(23)), 500), push: (text) => signs(text, Math.min(longest, 160)) }[field.dataset.count] || ((text) => signs(text, longest));
  const say = () => {
    const found = count(field.value);
    const over = field.dataset.count !== "sms" && found.used > found.most ? ` ${words.dataset.countOver}` : "";
    note.textContent = words.dataset.countWords.replace(/\{(\w+)\}/g, (_all, name) => found[name]) + over;
  };
  field.addEventListener("input", say);
  say();
}
