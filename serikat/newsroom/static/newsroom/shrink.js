// Pictures are made smaller on the phone before they are sent: a photo of 4 MB leaves as one of a few hundred kB, without place and device.
// What the browser cannot draw, or what would not get lighter, is sent as it is: the site makes it small then.
const MOST = 1600, LIGHT = 400_000;

const smaller = async (file) => {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= LIGHT) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, MOST / Math.max(picture.width, picture.height));
    const sheet = document.createElement("canvas");
    [sheet.width, sheet.height] = [picture.width, picture.height].map((side) => Math.round(side * scale));
    const pen = sheet.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.drawImage(picture, 0, 0, sheet.width, sheet.height);
    const drawn = await new Promise((done) => sheet.toBlob(done, "image/jpeg", 0.8));
    if (!drawn || drawn.size >= file.size) return file;
    return new File([drawn], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return file;
  }
};
const weight = (files) => files.reduce((sum, file) => sum + file.size, 0);
const megabytes = (bytes) => (bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

for (const field of document.querySelectorAll("input[type=file][data-shrunk]")) {
  const says = Object.assign(document.createElement("p"), { className: "hint" });
  says.setAttribute("role", "status");
  field.after(says);
  field.addEventListener("change", async () => {
    const given = [...field.files], send = field.form.querySelector("[type=submit], button:not([type])");
    says.textContent = "";
    if (weight(given) <= LIGHT) return;
    send.disabled = true;
    const made = [];
    for (const file of given) made.push(await smaller(file)); // one after the other: a cheap phone has little memory
    send.disabled = false;
    if (weight(made) >= weight(given)) return;
    const bag = new DataTransfer();
    made.forEach((file) => bag.items.add(file));
    field.files = bag.files;
    says.textContent = field.dataset.shrunk.replace("{from}", megabytes(weight(given))).replace("{to}", megabytes(weight(made)));
    field.dispatchEvent(new Event("input", { bubbles: true })); // the draft keeps the small ones
  });
}
