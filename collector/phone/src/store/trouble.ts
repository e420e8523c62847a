/** What the phone could not keep, by who tried: said on every screen until a later try succeeds. */

import { announce } from "./changes.ts";

type Who = "draft" | "sync";

const troubles = new Map<Who, string>();

/** Why the last write failed, in the browser's word: "QuotaExceededError"; undefined where none did. */
export function trouble(): string | undefined {
  return [...troubles.values()][0];
}

/** Note how a write of `who` ended: with an error, or (without one) well. */
export function noteTrouble(who: Who, error?: unknown): void {
  const before = troubles.get(who);
  if (error === undefined) troubles.delete(who);
  else troubles.set(who, reasonOf(error));
  if (before !== troubles.get(who)) announce();
}

export function reasonOf(error: unknown): string {
  return error instanceof DOMException ? error.name : error instanceof Error ? error.message : String(error);
}

export function isFull(reason: string): boolean {
  return reason === "QuotaExceededError";
}
