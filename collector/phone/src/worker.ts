/** The page's side of the service worker: starts it, and says when a newer one is ready. */

let waiting: ServiceWorker | null = null;
const listeners = new Set<(ready: boolean) => void>();

/** Called once. A browser without service workers keeps working, with a network. */
export async function startWorker(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register("/phone/sw.js", { scope: "/phone/" });
    note(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker?.addEventListener("statechange", () => {
        if (worker.state === "installed") note(registration.waiting);
      });
    });
  } catch {
    // Not over HTTPS, or switched off: the app still fills and sends while the page is open.
  }
}

function note(worker: ServiceWorker | null): void {
  waiting = worker && navigator.serviceWorker.controller ? worker : null;
  for (const listener of listeners) listener(waiting !== null);
}

/** Tells whether a new version waits, now and whenever that changes. */
export function onUpdate(listener: (ready: boolean) => void): () => void {
  listeners.add(listener);
  listener(waiting !== null);
  return () => listeners.delete(listener);
}

/** Take the new version: only ever asked for outside of an interview. */
export function takeUpdate(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting?.postMessage("take-over");
}

/**
 * What the first visit does without: the screens that were not needed are kept, so that they open
 * without a network too, and the browser learns that the app can be installed.
 */
export async function keepLater(): Promise<void> {
  if (!document.querySelector("link[rel=manifest]")) {
    const link = document.createElement("link");
    link.rel = "manifest";
    link.href = "/phone/manifest.webmanifest";
    document.head.append(link);
  }
  (await navigator.serviceWorker?.ready)?.active?.postMessage("complete");
}
