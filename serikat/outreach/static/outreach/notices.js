// Notices in this browser: its own address for them is asked of it when the reader presses, and goes along with the plain form.
const form = document.querySelector("[data-notices]");
const of = (name) => document.querySelector(`[data-notices-${name}]`);
const field = form.elements.subscription, able = self.isSecureContext && navigator.serviceWorker && self.PushManager && self.Notification;
const say = (words) => { const place = of("said"); place.querySelector("p").textContent = words; place.hidden = !words; };
const worker = async () => { await navigator.serviceWorker.register("/sw.js"); return navigator.serviceWorker.ready; };
const held = async () => (await navigator.serviceWorker.getRegistration("/"))?.pushManager.getSubscription();

async function turnOn(event) {
  if (!form.querySelector("[name=topics]:checked") && !form.elements.place.value) return; // the site says what is missing
  event.preventDefault();
  const button = of("on");
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  say("");
  try {
    if ((await Notification.requestPermission()) !== "granted") return say(form.dataset.blocked);
    const { pushManager } = await worker();
    const found = (await pushManager.getSubscription()) ?? (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: form.dataset.notices }));
    field.value = JSON.stringify(found);
    form.submit();
  } catch {
    say(form.dataset.failed);
  } finally {
    button.ariaBusy = null;
  }
}

async function turnOff(event) {
  event.preventDefault();
  const found = await held();
  event.target.elements.subscription.value = found ? JSON.stringify(found) : "";
  await found?.unsubscribe().catch(() => {});
  event.target.submit();
}

if (able && form.dataset.notices) {
  of("none").remove();
  form.hidden = false;
  of("on").addEventListener("click", turnOn);
  of("is-on").addEventListener("submit", turnOff);
  if (Notification.permission === "denied") say(form.dataset.blocked);
  if (await held()) {
    of("is-on").hidden = false;
    const words = of("on").querySelector("[data-change]");
    words.textContent = words.dataset.change;
  }
}
