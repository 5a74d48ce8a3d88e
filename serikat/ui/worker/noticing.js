// What the site tells a reader who asked for it: title and lead of a public article. A later word on the same article takes the earlier one's place.
addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { /* without words there is still something to show: the browser asks for it */ }
  const { title, body = "", key = "", link = "/" } = told;
  event.waitUntil(registration.showNotification(title || location.host, { body, tag: key, renotify: Boolean(key), data: { link }, icon: HOUSE.mark, lang: HOUSE.language }));
});

// It leads into the site and nowhere else.
addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.link ?? "/", location.origin);
  event.waitUntil(clients.openWindow(url.origin === location.origin ? url.href : "/"));
});
