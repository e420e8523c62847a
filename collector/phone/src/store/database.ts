/** The phone's own database. Every store is declared here; nothing else opens it. */

import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Stored, StoredBody } from "./sealing.ts";
import type { StoredFile } from "./files.ts";
import type { Draft, Entry, StoredForm } from "./types.ts";

export type * from "./types.ts";

interface Schema extends DBSchema {
  /** Single values: session, locks, device, settings, sync, reports. */
  values: { key: string; value: unknown };
  forms: { key: string; value: StoredForm };
  /** Media files by the hash of their content: lists as text, sounds and pictures as they are. */
  media: { key: string; value: { hash: string; text?: string; blob?: Blob } };
  /** Sealed but for what sorts them: `sealing.ts`. */
  drafts: { key: string; value: Stored<Draft> };
  queue: { key: string; value: Stored<Entry> };
  bodies: { key: string; value: StoredBody };
  files: { key: string; value: StoredFile };
}

export type Database = IDBPDatabase<Schema>;

const NAME = "so-thon";
const VERSION = 2;

/** Who asks for a database that is being deleted waits for ever. */
const NEVER = new Promise<Database>(() => undefined);

let opened: Promise<Database> | undefined;

/** The database, opened once. A newer tab may close it; the next call opens it again. */
export function database(): Promise<Database> {
  opened ??= open();
  opened.catch(() => (opened = undefined));
  return opened;
}

function open(): Promise<Database> {
  return openDB<Schema>(NAME, VERSION, {
    upgrade(db, before) {
      if (before < 1) {
        db.createObjectStore("values");
        db.createObjectStore("forms", { keyPath: "key" });
        db.createObjectStore("media", { keyPath: "hash" });
        for (const name of ["drafts", "queue", "bodies"] as const) db.createObjectStore(name, { keyPath: "id" });
      }
      db.createObjectStore("files", { keyPath: "key" });
    },
    blocking(_current, wanted, event) {
      (event.target as IDBDatabase).close();
      // Deleted: the phone was wiped. What is still under way in this window waits until it starts again.
      opened = wanted === null ? NEVER : undefined;
    },
    terminated() {
      opened = undefined;
    },
  });
}

/**
 * Empty the database and delete its files; windows that have it open let go of it. Only the value `left` is
 * there then: what is still under way here, such as a reply that has just come, waits for ever.
 */
export async function emptied(key: string, left: unknown): Promise<void> {
  const db = await database();
  opened = NEVER;
  const stores = [...db.objectStoreNames];
  const transaction = db.transaction(stores, "readwrite", { durability: "strict" });
  await whole(transaction, stores.map((name) => transaction.objectStore(name).clear()));
  db.close();
  await deleteDB(NAME);
  await (await open()).put("values", left, key);
}

interface Ending {
  readonly done: Promise<void>;
  readonly error: DOMException | null;
}

/** Wait for a transaction with its requests. It ends whole or not at all; the error says why not. */
export async function whole(transaction: Ending, requests: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  try {
    await Promise.all([...requests, transaction.done]);
  } catch (error) {
    await transaction.done.catch(() => undefined);
    throw transaction.error ?? error; // a request says only that it was aborted
  }
}

export async function readValue<T>(key: string): Promise<T | undefined> {
  return (await (await database()).get("values", key)) as T | undefined;
}

export async function writeValue(key: string, value: unknown): Promise<void> {
  await (await database()).put("values", value, key);
}
