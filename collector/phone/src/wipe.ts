/** A phone that was given up for lost: everything of the service leaves it, and the server is told. */

import { drop } from "./store/vault.ts";
import { database, emptied } from "./store/database.ts";
import { beacon } from "./store/session.ts";

/** What is left behind: when it was wiped, and the name by which the server is told. Nobody's data. */
interface Wiped {
  readonly at: string;
  readonly phone: string;
  readonly told: boolean;
}

const NAME = "so-thon-wiped";
const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(NAME);
if (channel) channel.onmessage = () => reload();

let going: Promise<void> | undefined;

/** Wipe once; every window then starts again and says it. */
export function wipe(): Promise<void> {
  going ??= run();
  return going;
}

async function run(): Promise<void> {
  const phone = (await beacon()) ?? "";
  drop();
  // The shell's files stay: they say what happened, and hold nothing of anybody.
  for (const name of await caches.keys()) if (!name.startsWith("shell-")) await caches.delete(name);
  localStorage.clear();
  const left: Wiped = { at: new Date().toISOString(), phone, told: false };
  await emptied(NAME, left);
  channel?.postMessage("wiped");
  reload();
}

/** Whether this window starts again because of it: then nobody is asked whether to stay. */
export let goes = false;

/** What is on the screen or waits in memory goes too. */
function reload(): void {
  drop();
  goes = true;
  history.replaceState(null, "", "/phone/");
  location.reload();
}

export async function wiped(): Promise<Wiped | undefined> {
  return (await (await database()).get("values", NAME)) as Wiped | undefined;
}

/** Tell the server, until it has heard. */
export async function tellWiped(): Promise<void> {
  const left = await wiped();
  if (!left || left.told || !navigator.onLine) return;
  const reply = await fetch(`/api/v1/phones/${left.phone}/wiped`, { method: "POST", credentials: "omit" }).catch(() => undefined);
  if (reply?.status === 204) await (await database()).put("values", { ...left, told: true }, NAME);
}

/** The person has read it, or somebody signs in: the phone begins anew. */
export async function forgetWiped(): Promise<void> {
  await (await database()).delete("values", NAME);
}
