// What a phone's share menu hands over: words go on in the address, files wait on this phone until a page takes them, an hour at most.
// The site gets nothing of them before their owner sends them from that page.
const AN_HOUR = 3_600_000;

async function takeShared(request) {
  const given = await request.formData(), { address, files } = HOUSE.share;
  const sent = given.getAll(files).filter((file) => file.size);
  await forgetShared();
  const waiting = await shelf("shared");
  await Promise.all(sent.slice(0, MOST.shared).map((file, place) => {
    const headers = { "Content-Type": file.type, "X-Name": encodeURIComponent(file.name), [SINCE]: Date.now() };
    return waiting.put(`${address}${files}/${place}`, new Response(file, { headers }));
  }));
  const on = new URLSearchParams([...given].filter(([, value]) => typeof value === "string" && value));
  if (sent.length) on.set(files, Math.min(sent.length, MOST.shared));
  return Response.redirect(`${address}?${on}`, 303);
}

const forgetShared = () => caches.delete("serikat-shared");

async function forgetOldShared() {
  const [first] = (await caches.has("serikat-shared")) ? await (await shelf("shared")).matchAll() : [];
  if (first && Date.now() - first.headers.get(SINCE) > AN_HOUR) await forgetShared();
}
