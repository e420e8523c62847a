/** Finished interviews on their way to the server, and those that came back. */

import type { Answers } from "../engine/model.ts";
import { announce } from "./changes.ts";
import { database, whole, type Draft, type Entry } from "./database.ts";
import { dropFiles, dropLostFiles } from "./files.ts";
import { openBody, openRecord, sealBody, sealRecord, showRecord } from "./sealing.ts";

export async function listEntries(owner?: string): Promise<Entry[]> {
  const entries = (await (await database()).getAll("queue")).filter((entry) => owner === undefined || entry.owner === owner);
  return (await Promise.all(entries.map(showRecord<Entry>))).sort((a, b) => b.finished.localeCompare(a.finished));
}

/** What else an entry says, where there is any of it. */
type Extra = Pick<Entry, "files" | "own">;

/** Draft out, entry in, in one transaction: at no moment is the interview in neither place. */
export async function enqueue(draft: Draft, answers: Answers, finished: string, summary: string, more: Extra = {}): Promise<void> {
  const { id, owner, form, version, deprecatedId, about } = draft;
  const entry: Entry = {
    id, owner, form, version, finished, summary, state: "waiting",
    ...(deprecatedId ? { deprecatedId } : {}),
    ...(about ? { about } : {}),
    ...more,
  };
  const [record, body] = await Promise.all([sealRecord(entry), sealBody(owner, { id, answers })]);
  const transaction = (await database()).transaction(["drafts", "queue", "bodies"], "readwrite", {
    durability: "strict",
  });
  await whole(transaction, [
    transaction.objectStore("queue").put(record),
    transaction.objectStore("bodies").put(body),
    transaction.objectStore("drafts").delete(id),
  ]);
  announce();
}

/** What has to be sent for an entry, or undefined if another tab has dealt with it. */
export async function readWaiting(id: string): Promise<{ entry: Entry; answers: Answers } | undefined> {
  const transaction = (await database()).transaction(["queue", "bodies"]);
  const entry = await transaction.objectStore("queue").get(id);
  const body = await transaction.objectStore("bodies").get(id);
  if (entry?.state !== "waiting" || !body) return undefined;
  return { entry: await openRecord<Entry>(entry), answers: await openBody(body) };
}

/** Keep what became of an entry. Once the server has it, its answers leave the phone. */
export async function settle(entry: Entry): Promise<void> {
  const record = await sealRecord(entry);
  const transaction = (await database()).transaction(["queue", "bodies"], "readwrite", { durability: "strict" });
  await whole(transaction, [
    entry.state === "sent" ? transaction.objectStore("bodies").delete(entry.id) : undefined,
    transaction.objectStore("queue").put(record),
  ]);
  if (entry.state === "sent") await dropFiles(entry.id);
  announce();
}

const KEPT_DAYS = 90;

/** Forget what the server has had for long: sent, or kept there beside another content. */
export async function forgetOld(now: Date): Promise<void> {
  const limit = new Date(now.getTime() - KEPT_DAYS * 86_400_000).toISOString();
  const db = await database();
  for (const entry of await db.getAll("queue")) {
    if ((entry.state === "sent" || entry.state === "conflict") && entry.finished < limit) await db.delete("queue", entry.id);
  }
  await dropLostFiles();
}
