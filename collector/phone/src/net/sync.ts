/** When to send and to look for news: at once when something is ready, else as soon as there is hope. */

import { announce } from "../store/changes.ts";
import { readValue, writeValue } from "../store/database.ts";
import { forgetOld } from "../store/queue.ts";
import { noteTrouble } from "../store/trouble.ts";
import { session } from "./api.ts";
import { refreshForms, refreshReports } from "./refresh.ts";
import { sendWaiting, syncState } from "./sender.ts";

const LOOK_EVERY_MS = 10_000;
const NEWS_EVERY_MS = 10 * 60_000;
const LONGEST_WAIT_MS = 16 * 60_000;

const TRY_EVERY_MS = 60_000;

let busy: Promise<void> | undefined;
/** When news were last asked for in this window, whatever came of it. */
let tried = 0;

/** Send what waits, and ask for news if the last is old (`insist`: both, whatever the clock says). */
export function sync(insist = false): Promise<void> {
  if (busy) return insist ? busy.then(() => sync(true)) : busy;
  busy = run(insist)
    .then(() => noteTrouble("sync"))
    .catch((error: unknown) => noteTrouble("sync", error))
    .finally(() => (busy = undefined));
  return busy;
}

async function run(insist: boolean): Promise<void> {
  if (!navigator.onLine) return;
  const { next } = await syncState();
  // A wait longer than the longest means that the phone's clock was set back.
  const due = insist || next <= Date.now() || next > Date.now() + LONGEST_WAIT_MS;
  if (due) await sendWaiting();
  await lookForNews(insist);
}

async function lookForNews(insist: boolean): Promise<void> {
  const last = (await readValue<number>("news")) ?? 0;
  const age = Date.now() - last;
  const signedIn = await session();
  const since = Date.now() - tried; // below 0: the clock was set back meanwhile
  const recent = (age >= 0 && age < NEWS_EVERY_MS) || (since >= 0 && since < TRY_EVERY_MS);
  if (!signedIn?.token || (recent && !insist)) return;
  tried = Date.now();
  const found = [await refreshForms(signedIn), await refreshReports(signedIn)];
  if (found.includes("sign-in")) await writeValue("session", { ...signedIn, token: null });
  if (!found.includes("unreachable")) await writeValue("news", Date.now());
  await forgetOld(new Date());
  announce();
}

/** Watch for the moments at which sending may succeed. Called once, when the app starts. */
export function keepInSync(): void {
  addEventListener("online", () => void sync(true));
  addEventListener("focus", () => void sync());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void sync();
  });
  setInterval(() => {
    if (document.visibilityState === "visible") void sync();
  }, LOOK_EVERY_MS);
  void sync();
}

interface SyncRegistration extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** Ask the browser to send later even if the app is closed by then, where it can. */
export async function sendLater(): Promise<void> {
  try {
    const registration = (await navigator.serviceWorker?.getRegistration()) as SyncRegistration | undefined;
    await registration?.sync?.register("send");
  } catch {
    // Refused (no permission, private window): the timer and `online` remain.
  }
}
