// Pictures and a voice note that came by the phone's share menu wait on the phone (ui/worker/sharing.js): the form takes them, and they wait no more.
const SHELF = "serikat-shared";

async function taken() {
  const shelf = await caches.open(SHELF);
  const files = await Promise.all((await shelf.matchAll()).map(async (kept) =>
    new File([await kept.blob()], decodeURIComponent(kept.headers.get("X-Name")), { type: kept.headers.get("Content-Type") })));
  await caches.delete(SHELF);
  return files;
}

function put(name, files) {
  const field = document.querySelector(`[name=${name}]`);
  if (!field || !files.length) return;
  const bag = new DataTransfer();
  files.forEach((file) => bag.items.add(file));
  field.files = bag.files;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}

if (self.caches && (await caches.has(SHELF))) {
  const files = await taken();
  put("pictures", files.filter((file) => file.type.startsWith("image/")));
  put("sound", files.filter((file) => file.type.startsWith("audio/")).slice(0, 1));
}
