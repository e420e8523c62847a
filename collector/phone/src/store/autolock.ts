/** Locks the app when it has been out of sight for a while. */

import { readValue, writeValue } from "./database.ts";
import { askOthers, lock, trustWhile } from "./vault.ts";

export const MINUTES = [1, 5, 15, 60] as const;
const USUAL = 5; // longer than a photo or a look at the calendar, shorter than a walk to the next house

let minutes: number = USUAL;
let timer: ReturnType<typeof setTimeout> | undefined;
let hidden: { readonly clock: number; readonly running: number } | undefined;

export async function lockAfter(): Promise<number> {
  minutes = (await readValue<number>("lockAfter")) ?? USUAL;
  return minutes;
}

export async function setLockAfter(wanted: number): Promise<void> {
  minutes = wanted;
  await writeValue("lockAfter", wanted);
}

/** Out of sight for too long, by the phone's clock or by the time that the app ran: whichever is more. */
function away(): boolean {
  if (!hidden) return false;
  const passed = Math.max(Date.now() - hidden.clock, performance.now() - hidden.running);
  return passed >= minutes * 60_000;
}

/** Called once, when the app starts. */
export function keepLocked(): void {
  trustWhile(() => !away());
  void lockAfter();
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.visibilityState === "hidden") {
      hidden = { clock: Date.now(), running: performance.now() };
      timer = setTimeout(() => void lock(), minutes * 60_000);
      return;
    }
    if (away()) void lock();
    hidden = undefined;
    void askOthers();
  });
}
