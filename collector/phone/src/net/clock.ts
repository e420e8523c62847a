/** Whether the phone's clock is right, by what the service says it is. */

import { announce } from "../store/changes.ts";
import { readValue, writeValue } from "../store/database.ts";
import { clockIsWrong, type Clock } from "./time.ts";

const AGAIN_MS = 60 * 60_000;

export async function clock(): Promise<Clock | undefined> {
  return readValue<Clock>("clock");
}

/** Keep the time of a reply beside the phone's own; a write where it says something new. */
export async function noteClock(date: string | null): Promise<void> {
  const server = Date.parse(date ?? "");
  if (Number.isNaN(server)) return;
  const now: Clock = { server, phone: Date.now() };
  const before = await clock().catch(() => undefined);
  const same = before && clockIsWrong(before, now.phone) === clockIsWrong(now, now.phone);
  if (same && Math.abs(now.phone - before.phone) < AGAIN_MS) return;
  await writeValue("clock", now).catch(() => undefined);
  announce();
}
