/**
 * The service worker: the shell from the cache, always; the service's data never (that lies in the
 * database). A new version waits until the person takes it or every tab is closed, so that no
 * interview sees its app change.
 */

/** Filled in by scripts/build.mjs: every file of the shell with its digest, and a name made of them. */
declare const SHELL: readonly (readonly [path: string, digest: string])[];
declare const SHELL_NAME: string;

interface ExtendableEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}
interface Worker {
  readonly clients: {
    claim(): Promise<void>;
    matchAll(which: { includeUncontrolled: boolean }): Promise<readonly { postMessage(message: string): void }[]>;
  };
  readonly registration: { readonly active: unknown };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
  addEventListener(type: "sync", listener: (event: SyncEvent) => void): void;
  addEventListener(type: "message", listener: (event: ExtendableEvent & MessageEvent) => void): void;
}

const worker = self as unknown as Worker;
const BASE = "/phone/";

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));

/** What the first visit does without: the page asks for it when the forms are on the phone. */
const isLater = ([path]: readonly [path: string, digest: string]): boolean => path.startsWith(`${BASE}later-`);

/** An update is whole before it takes over: the network that brought it may be gone for days. */
async function install(): Promise<void> {
  await keep(worker.registration.active ? SHELL : SHELL.filter((file) => !isLater(file)));
}

async function keep(files: typeof SHELL): Promise<void> {
  const cache = await caches.open(SHELL_NAME);
  await Promise.all(files.map(([path, integrity]) => keepOne(cache, path, integrity)));
}

/**
 * The digest keeps out what a network's sign-in page answers in the place of a file, so that what the
 * page has fetched already need not travel again; where the browser keeps something else, ask afresh.
 */
async function keepOne(cache: Cache, path: string, integrity: string): Promise<void> {
  await cache.add(new Request(path, { integrity })).catch(() => cache.add(new Request(path, { integrity, cache: "reload" })));
}

async function complete(): Promise<void> {
  const cache = await caches.open(SHELL_NAME);
  const here = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  await keep(SHELL.filter(([path]) => !here.has(path)));
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("shell-") && name !== SHELL_NAME).map((n) => caches.delete(n)));
  await worker.clients.claim();
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith(BASE)) return;
  event.respondWith(fromShell(request.mode === "navigate" ? BASE : url.pathname, request));
});

async function fromShell(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(SHELL_NAME);
  return (await cache.match(path)) ?? fetch(request);
}

worker.addEventListener("sync", (event) => {
  if (event.tag === "send") event.waitUntil(wakeWindows());
});

/** Only a window that the person has unlocked can read what waits: it is told that there is a network.
 * Where none is open the next unlock sends. */
async function wakeWindows(): Promise<void> {
  for (const client of await worker.clients.matchAll({ includeUncontrolled: true })) client.postMessage("send");
}

worker.addEventListener("message", (event) => {
  if (event.data === "take-over") void worker.skipWaiting();
  // Without a network it is tried again when the app is next opened.
  if (event.data === "complete") event.waitUntil(complete().catch(() => undefined));
});
