/** Finished interviews on their way to the server, and those that came back. */

import type { Answers } from "../engine/model.ts";
import { announce } from "./changes.ts";
import { database, whole, type Draft, type Entry, type Report, type ServerFault } from "./database.ts";

export async function listEntries(owner?: string): Promise<Entry[]> {
  const entries = await (await database()).getAll("queue");
  return entries
    .filter((entry) => owner === undefined || entry.owner === owner)
    .sort((a, b) => b.finished.localeCompare(a.finished));
}

/** Draft out, entry in, in one transaction: at no moment is the interview in neither place. */
export async function enqueue(draft: Draft, answers: Answers, finished: string, summary: string): Promise<void> {
  const { id, owner, form, version, deprecatedId } = draft;
  const entry: Entry = {
    id, owner, form, version, finished, summary, state: "waiting", ...(deprecatedId ? { deprecatedId } : {}),
  };
  const transaction = (await database()).transaction(["drafts", "queue", "bodies"], "readwrite", {
    durability: "strict",
  });
  await whole(transaction, [
    transaction.objectStore("queue").put(entry),
    transaction.objectStore("bodies").put({ id, answers }),
    transaction.objectStore("drafts").delete(id),
  ]);
  announce();
}

/** What has to be sent for an entry, or undefined if another tab has dealt with it. */
export async function readWaiting(id: string): Promise<{ entry: Entry; answers: Answers } | undefined> {
  const transaction = (await database()).transaction(["queue", "bodies"]);
  const entry = await transaction.objectStore("queue").get(id);
  const body = await transaction.objectStore("bodies").get(id);
  return entry?.state === "waiting" && body ? { entry, answers: body.answers } : undefined;
}

/** Keep what became of an entry. Once the server has it, its answers leave the phone. */
export async function settle(entry: Entry): Promise<void> {
  const transaction = (await database()).transaction(["queue", "bodies"], "readwrite", { durability: "strict" });
  await whole(transaction, [
    entry.state === "sent" ? transaction.objectStore("bodies").delete(entry.id) : undefined,
    transaction.objectStore("queue").put(entry),
  ]);
  announce();
}

const KEPT_DAYS = 90;

/** Forget what was sent long ago; the server has it. */
export async function forgetOld(now: Date): Promise<void> {
  const limit = new Date(now.getTime() - KEPT_DAYS * 86_400_000).toISOString();
  const db = await database();
  for (const entry of await db.getAll("queue")) {
    if (entry.state === "sent" && entry.finished < limit) await db.delete("queue", entry.id);
  }
}

/** An entry that the server refused becomes a draft again, with the faults it came back with. */
export async function reopen(id: string, now: string): Promise<Draft | undefined> {
  const transaction = (await database()).transaction(["drafts", "queue"], "readwrite", { durability: "strict" });
  const entry = await transaction.objectStore("queue").get(id);
  if (!entry || entry.state === "sent" || entry.state === "conflict") return undefined;
  const draft = draftOf(entry, now);
  await whole(transaction, [
    transaction.objectStore("drafts").put(draft),
    transaction.objectStore("queue").delete(id),
  ]);
  announce();
  return draft;
}

function draftOf(entry: Entry, now: string): Draft {
  const { id, owner, form, version, deprecatedId, finished, summary, message, faults } = entry;
  return {
    id, owner, form, version, created: finished, updated: now, place: "", summary, progress: 1,
    ...(deprecatedId ? { deprecatedId } : {}),
    ...(faults ? { faults } : {}),
    ...(message ? { reason: message } : {}),
  };
}

/** A returned submission becomes a draft under a new id that names the old one. */
export async function reopenReturned(
  report: Report,
  faults: readonly ServerFault[],
  owner: string,
  id: string,
  now: string,
): Promise<Draft> {
  const transaction = (await database()).transaction(["drafts", "bodies"], "readwrite", { durability: "strict" });
  const drafts = await transaction.objectStore("drafts").getAll();
  const begun = drafts.find((draft) => draft.deprecatedId === report.instance_id && draft.owner === owner);
  const draft: Draft = begun ?? {
    id, owner, form: report.form, version: report.version, deprecatedId: report.instance_id,
    created: now, updated: now, place: "", summary: "", progress: 1,
    ...(faults.length ? { faults } : {}),
    ...(report.reason ? { reason: report.reason } : {}),
  };
  const requests = begun
    ? []
    : [
        transaction.objectStore("drafts").put(draft),
        transaction.objectStore("bodies").put({ id, answers: report.answers ?? {} }),
      ];
  await whole(transaction, requests);
  announce();
  return draft;
}
