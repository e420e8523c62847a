/**
 * A locked phone asks for the forms before anything else is there: they come while the PIN is typed, beside
 * the code that fills them. docs/decisions/0041-forms-before-the-pin.md says why it may.
 */

import { announce } from "../store/changes.ts";
import { readValue } from "../store/database.ts";
import { have, keepOffered, type Offered } from "../store/forms.ts";
import { whileLocked } from "../store/session.ts";
import { ask } from "./api.ts";

const NEWS_EVERY_MS = 10 * 60_000;
const FRESH_MS = 60_000;
export const PATIENCE_MS = 30_000; // sending waits its turn behind the forms

let asked: { readonly owner: string; readonly at: number; readonly offered: Promise<readonly Offered[] | undefined> } | undefined;

/** Called once, when the app starts: ask where the phone is locked and its last news are old. */
export async function askAhead(): Promise<void> {
  const [phone, old] = await Promise.all([whileLocked(), newsAreOld()]);
  if (!phone || !old || !navigator.onLine) return;
  asked = { owner: phone.owner, at: performance.now(), offered: bring(phone.beacon) };
}

async function bring(phone: string): Promise<readonly Offered[] | undefined> {
  const reply = await ask(`phones/${phone}/forms?${await have()}`, { patience: PATIENCE_MS });
  const offered = offeredIn(reply);
  if (!offered) return undefined;
  await keepOffered(offered).catch(() => undefined); // no room: it is tried again, and said, after the PIN
  announce();
  return offered;
}

/** The forms in a reply; undefined where it has none. */
export function offeredIn(reply: Awaited<ReturnType<typeof ask>>): readonly Offered[] | undefined {
  const found = reply.kind === "reply" && reply.status === 200 ? reply.body["forms"] : undefined;
  return Array.isArray(found) ? (found as Offered[]) : undefined;
}

/**
 * What was offered ahead to the same person, once and while it is fresh; undefined where it has to be asked
 * for now. Somebody else may have signed in at the lock.
 */
export async function cameAhead(owner: string): Promise<readonly Offered[] | undefined> {
  const found = asked;
  asked = undefined;
  return found && found.owner === owner && performance.now() - found.at < FRESH_MS ? found.offered : undefined;
}

/** Whether the last news are old, by a clock that may have been set back meanwhile. */
export async function newsAreOld(): Promise<boolean> {
  const age = Date.now() - ((await readValue<number>("news")) ?? 0);
  return age < 0 || age >= NEWS_EVERY_MS;
}
