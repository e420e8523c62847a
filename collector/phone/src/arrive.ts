/** Signing in, and what follows until the person has a PIN on this phone. */

import { arrival, wait } from "./arrival.ts";
import { ask } from "./net/api.ts";
import { sync } from "./net/sync.ts";
import { announce } from "./store/changes.ts";
import { readValue, writeValue } from "./store/database.ts";
import { writeSecret } from "./store/sealing.ts";
import { readSession, writeSession } from "./store/session.ts";
import type { Session } from "./store/types.ts";
import { unlockedFor } from "./store/vault.ts";
import { forgetWiped } from "./wipe.ts";

/** What the service answers to a sign-in or a code: a session and the account's key. */
export async function arrive(body: Record<string, unknown>): Promise<void> {
  const { key, ...session } = body as unknown as Session & { readonly key: string };
  if (unlockedFor() === session.user.username) await welcome(session);
  else wait({ session, key, known: false });
}

/** Have a PIN chosen for the person who is signed in; false where the server cannot be reached. */
export async function choosePin(session: Session): Promise<boolean> {
  const reply = await ask("session/key", { token: session.token, patience: 15_000 });
  const key = reply.kind === "reply" && reply.status === 200 ? reply.body["key"] : undefined;
  if (typeof key !== "string") return false;
  wait({ session, key, known: true });
  return true;
}

/** The PIN is chosen, or the person would rather not now. */
export async function settled(chosen: boolean): Promise<void> {
  const arrived = arrival();
  if (chosen && arrived) await welcome(arrived.session);
  wait(undefined);
}

/** Keep the session, and look for news at once. */
async function welcome(session: Session): Promise<void> {
  const before = await readSession();
  await writeSession(session);
  if (before?.user.username !== session.user.username) {
    await writeSecret("reports", []);
    await writeValue("work", undefined);
  }
  await writeValue("news", 0);
  await forgetWiped();
  announce();
  void sync(true);
}

/** The name by which this phone tells itself from others: random, and of nobody. */
export async function deviceName(): Promise<string> {
  const known = await readValue<string>("device");
  if (known) return known;
  const made = `phone:${crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4))).join("-")}`;
  await writeValue("device", made);
  return made;
}
