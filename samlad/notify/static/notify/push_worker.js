// @ts-check
/// <reference lib="webworker" />
// Shows a notice when one comes, and opens what it leads to. Keeps nothing, fetches nothing: that is all it does.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("push", (event) => {
  const told = read(event.data);
  event.waitUntil(
    worker.registration.showNotification(told.title, {
      body: told.body,
      lang: told.language,
      tag: told.key, // the same message again takes the place of the first
      requireInteraction: true,
      data: { link: told.link },
    }),
  );
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const link = event.notification.data?.link;
  // Only to ourselves, whatever the notice says.
  const there = link && new URL(link, worker.location.origin);
  const address = there && there.origin === worker.location.origin ? there.href : worker.location.origin;
  event.waitUntil(worker.clients.openWindow(address));
});

/** @param {PushMessageData | null} data */
function read(data) {
  const fallback = { title: "Samlad", body: "", link: "", key: "samlad", language: "sv" };
  try {
    return { ...fallback, ...data?.json() };
  } catch {
    return fallback;
  }
}
