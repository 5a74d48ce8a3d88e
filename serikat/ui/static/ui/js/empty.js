// Emptying at once, keeping nothing from now on, and fetching the newest when asked.
const act = (name, doing) => {
  const button = document.querySelector(`[data-act=${name}]`);
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.setAttribute("aria-busy", "true");
    await doing(button);
    button.removeAttribute("aria-busy");
  });
  return button;
};

async function empty() {
  localStorage.clear();
  sessionStorage.clear();
  for (const name of await caches.keys()) await caches.delete(name);
  for (const { name } of (await indexedDB.databases?.()) ?? []) indexedDB.deleteDatabase(name);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
}

// With network the site tells the browser to drop its own store too; without, the page itself says that nothing is left.
async function leave() {
  if (navigator.onLine) return location.replace(document.querySelector("[data-emptied]").dataset.emptied);
  document.querySelector("[data-shelf]").dispatchEvent(new Event("shelf"));
}

async function newest() {
  await navigator.serviceWorker.register("/sw.js"); // fails where `ready` alone would be waited for without end
  const { active } = await navigator.serviceWorker.ready, { port1, port2 } = new MessageChannel();
  return new Promise((answer) => { port1.onmessage = (event) => answer(event.data); active.postMessage({ do: "newest", lang: document.documentElement.lang }, [port2]); });
}

if (self.caches && navigator.serviceWorker) {
  const off = act("off", async () => { await empty(); localStorage.offline = "no"; off.hidden = true; on.hidden = false; document.querySelector("[data-shelf]").dispatchEvent(new Event("shelf")); });
  const on = act("on", async () => { localStorage.removeItem("offline"); location.reload(); });
  const none = localStorage.offline === "no";
  off.hidden = none;
  on.hidden = !none;
  act("empty", async () => { await empty(); await leave(); });
  const fresh = act("newest", async (button) => {
    const count = await newest().catch(() => "failed");
    document.querySelector("[data-said]").textContent = count === "failed" ? button.dataset.failed : button.dataset.done;
    document.querySelector("[data-shelf]").dispatchEvent(new Event("shelf"));
  });
  if (none) fresh.hidden = true;
}
