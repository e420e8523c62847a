/** When to send and to look for news: at once when something is ready, else as soon as there is hope. */

import { announce } from "../store/changes.ts";
import { writeValue } from "../store/database.ts";
import { listForms } from "../store/forms.ts";
import { forgetOld } from "../store/queue.ts";
import { protection } from "../store/sealing.ts";
import { noteTrouble } from "../store/trouble.ts";
import { beacon, forgetToken, readSession as session } from "../store/session.ts";
import { Locked } from "../store/vault.ts";
import { newsAreOld } from "./ahead.ts";
import { ask } from "./api.ts";
import { refreshForms, refreshReports } from "./refresh.ts";
import { sendWaiting, syncState } from "./sender.ts";
import { refreshWork } from "./work.ts";

const LOOK_EVERY_MS = 10_000;
const LONGEST_WAIT_MS = 16 * 60_000;

const TRY_EVERY_MS = 60_000;

let busy: Promise<void> | undefined;
/** When news were last asked for in this window, whatever came of it. */
let tried = 0;
/** When a locked phone last asked whether it was given up for lost: unlocked, it asks for news at once. */
let askedLocked = 0;
/** When to look next whether a sound or picture of a label is missing. */
let nextLook = 0;
let bringing = false;

/** Send what waits, and ask for news if the last is old (`insist`: both, whatever the clock says). */
export function sync(insist = false): Promise<void> {
  if (busy) return insist ? busy.then(() => sync(true)) : busy;
  busy = run(insist)
    .then(() => noteTrouble("sync"))
    .catch((error: unknown) => (error instanceof Locked ? undefined : noteTrouble("sync", error)))
    .finally(() => (busy = undefined));
  return busy;
}

async function run(insist: boolean): Promise<void> {
  if (!navigator.onLine) return;
  const known = await session();
  if (known && (await protection(known.user.username)) === "locked") {
    void askWhileLocked().catch(() => undefined); // not waited for: the PIN may come before the reply
    return;
  }
  const { next } = await syncState();
  // A wait longer than the longest means that the phone's clock was set back.
  const due = insist || next <= Date.now() || next > Date.now() + LONGEST_WAIT_MS;
  if (due) await sendWaiting();
  await lookForNews(insist);
  void bringLabelFiles();
}

/**
 * Sounds and pictures come behind everything that a form needs, and beside it: nothing waits for them,
 * neither a first question nor what is to be sent. Most forms have none, and their code comes late.
 */
async function bringLabelFiles(): Promise<void> {
  if (bringing || Date.now() < nextLook) return;
  bringing = true;
  nextLook = Infinity;
  try {
    const signedIn = await session();
    const forms = (await listForms()).filter(({ model }) => model.media);
    if (!forms.length || !signedIn) return;
    const { bringFiles } = await import("../screens/more.ts");
    if (await bringFiles(forms, signedIn)) return;
    nextLook = Date.now() + TRY_EVERY_MS;
  } catch {
    nextLook = Date.now() + TRY_EVERY_MS; // no room or no code: the question says what is not there
  } finally {
    bringing = false;
  }
}

/** A locked phone cannot read what waits; whether it was given up for lost it still has to ask. */
async function askWhileLocked(): Promise<void> {
  const since = Date.now() - askedLocked;
  const phone = await beacon();
  if (!phone || (since >= 0 && since < TRY_EVERY_MS)) return;
  askedLocked = Date.now();
  await ask(`phones/${phone}`);
}

async function lookForNews(insist: boolean): Promise<void> {
  const signedIn = await session();
  const since = Date.now() - tried; // below 0: the clock was set back meanwhile
  const recent = !(await newsAreOld()) || (since >= 0 && since < TRY_EVERY_MS);
  if (!signedIn?.token || (recent && !insist)) return;
  tried = Date.now();
  const forms = await refreshForms(signedIn);
  nextLook = 0;
  const found = [forms, ...(await Promise.all([refreshReports(signedIn), refreshWork(signedIn)]))];
  if (found.includes("sign-in")) await forgetToken(signedIn.token);
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
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (data === "send") void sync(true);
  });
  void sync();
}

interface SyncRegistration extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** Ask the browser to say when there is a network, where it can: the page may sleep by then. */
export async function sendLater(): Promise<void> {
  try {
    const registration = (await navigator.serviceWorker?.getRegistration()) as SyncRegistration | undefined;
    await registration?.sync?.register("send");
  } catch {
    // Refused (no permission, private window): the timer and `online` remain.
  }
}
