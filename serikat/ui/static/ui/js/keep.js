// Saving an article on this phone: [data-keep] says whether it is saved, saves it with the pictures as they stand here, and drops it again.
const button = document.querySelector("[data-keep]");
const says = button.querySelector("[data-says]");
const name = location.pathname;
const words = { idle: says.textContent, ...button.dataset };

function show(state) {
  says.textContent = words[state];
  button.setAttribute("aria-pressed", String(state === "kept"));
  button.toggleAttribute("aria-busy", state === "busy");
}

const kept = async () => (await caches.has("serikat-saved")) && Boolean(await caches.match(name, { cacheName: "serikat-saved" }));

async function ask(question) {
  await navigator.serviceWorker.register("/sw.js"); // fails where `ready` alone would be waited for without end
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  return new Promise((answer) => {
    port1.onmessage = (event) => answer(event.data);
    active.postMessage(question, [port2]);
  });
}

// The size of each picture that this screen chose, else the smallest on offer.
const pictures = () => [...document.querySelectorAll("article img")].map((picture) => {
  const chosen = picture.currentSrc || picture.srcset.trim().split(/\s/)[0] || picture.src;
  return new URL(chosen, location).pathname;
});

button.addEventListener("click", async () => {
  if (await kept()) {
    await (await caches.open("serikat-saved")).delete(name);
    return show("idle");
  }
  show("busy");
  show(await ask({ do: "save", name, pictures: pictures() }).catch(() => "failed"));
});
kept().then((is) => {
  show(is ? "kept" : "idle");
  button.hidden = false;
});
