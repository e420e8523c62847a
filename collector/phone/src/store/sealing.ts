/**
 * How drafts, entries, answers and the server's reports lie on the disk: what sorts and routes them
 * in clear, everything else sealed. Records from before the first PIN are clear as a whole.
 */

import type { Answers } from "../engine/model.ts";
import { database, readValue, whole, writeValue } from "./database.ts";
import { noteSealed, readLock, type Protection } from "./pin.ts";
import type { Draft, Entry, Session } from "./types.ts";
import { held, Locked, open, openOnce, seal, unlockedFor, type Sealed } from "./vault.ts";

/** What stays readable: whose it is, of which form, and whether it waits. */
type Clear<T extends Draft | Entry> = Pick<T, Extract<keyof T, "id" | "owner" | "form" | "version" | "updated" | "finished" | "state">>;
export type SealedRecord<T extends Draft | Entry> = Clear<T> & { readonly sealed: Sealed };
export type Stored<T extends Draft | Entry> = T | SealedRecord<T>;
export interface Body {
  readonly id: string;
  readonly answers: Answers;
}
export type StoredBody = Body | { readonly id: string; readonly sealed: Sealed };

export async function protection(owner: string): Promise<Protection> {
  if (unlockedFor() === owner) return "open";
  return (await readLock(owner)) ? "locked" : "clear";
}

/** Who had a PIN while this window ran: signed out elsewhere meanwhile, nothing of theirs is written in clear. */
const known = new Set<string>();

/** Whether records of `owner` are to be sealed now. Throws Locked. */
async function seals(owner: string): Promise<boolean> {
  if (unlockedFor() !== owner && !known.has(owner) && !(await readLock(owner))) return false;
  known.add(owner);
  if (held().owner !== owner) throw new Locked("locked"); // a lock that waits for the disk still has the keys
  return true;
}

const CLEAR = ["id", "owner", "form", "version", "updated", "finished", "state"] as const;
const nameOf = (record: { readonly id: string }): string => `record:${record.id}`;

export async function sealRecord<T extends Draft | Entry>(record: T): Promise<Stored<T>> {
  if (!(await seals(record.owner))) return record;
  const clear = Object.fromEntries(CLEAR.filter((key) => key in record).map((key) => [key, record[key as keyof T]]));
  return { ...(clear as Clear<T>), sealed: await seal(nameOf(record), record) };
}

/** A record to work with. Throws Locked. */
export async function openRecord<T extends Draft | Entry>(stored: Stored<T>): Promise<T> {
  return "sealed" in stored ? openOnce<T>(nameOf(stored), stored.sealed) : stored;
}

/** A record to show in a list: without its own words while it cannot be opened. */
export async function showRecord<T extends Draft | Entry>(stored: Stored<T>): Promise<T> {
  if (!("sealed" in stored)) return stored;
  const closed = { summary: "", place: "", progress: 0, created: "", ...stored } as unknown as T;
  return stored.owner === unlockedFor() ? openRecord(stored).catch(() => closed) : closed;
}

export async function sealBody(owner: string, { id, answers }: Body): Promise<StoredBody> {
  return (await seals(owner)) ? { id, sealed: await seal(`body:${id}`, answers) } : { id, answers };
}

export async function openBody(stored: StoredBody): Promise<Answers> {
  return "sealed" in stored ? open<Answers>(`body:${stored.id}`, stored.sealed) : stored.answers;
}

/** A single value that says something about people: the server's reports, lists of work. */
export async function readSecret<T>(key: string): Promise<T | undefined> {
  const stored = await readValue<T | { readonly sealed: Sealed }>(key);
  if (typeof stored !== "object" || stored === null || !("sealed" in stored)) return stored;
  return unlockedFor() ? openOnce<T>(`value:${key}`, stored.sealed).catch(() => undefined) : undefined;
}

export async function writeSecret(key: string, value: unknown): Promise<void> {
  const owner = (await readValue<Session>("session"))?.user.username;
  const hidden = owner !== undefined && (await seals(owner));
  await writeValue(key, hidden ? { sealed: await seal(`value:${key}`, value) } : value);
}

/** Seal what an account has in clear: from before its first PIN. Nothing is changed twice. */
export async function sealClear(owner: string): Promise<void> {
  if (unlockedFor() !== owner) throw new Locked("locked");
  if ((await readLock(owner))?.sealed) return;
  await sealAll(owner);
  await noteSealed(owner);
}

async function sealAll(owner: string): Promise<void> {
  const db = await database();
  for (const store of ["drafts", "queue"] as const) {
    for (const record of await db.getAll(store)) {
      if (record.owner !== owner) continue;
      const body = await db.get("bodies", record.id);
      if (!("sealed" in record)) await replace(store, record, await sealRecord<Draft | Entry>(record));
      if (body && !("sealed" in body)) await replace("bodies", body, await sealBody(owner, body));
    }
  }
  for (const key of ["reports", "work"]) {
    const value = await readValue<unknown>(key);
    if (typeof value === "object" && value !== null && !("sealed" in value)) await writeSecret(key, value);
  }
}

/** Put the sealed form of a record in its place, unless it was changed or taken away meanwhile. */
async function replace(name: "drafts" | "queue" | "bodies", before: { readonly id: string }, after: unknown): Promise<void> {
  const transaction = (await database()).transaction(name, "readwrite", { durability: "strict" });
  const now = await transaction.store.get(before.id);
  const same = JSON.stringify(now) === JSON.stringify(before);
  await whole(transaction, [same ? transaction.store.put(after as never) : undefined]);
}
