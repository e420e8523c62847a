/** Interviews that came back become drafts again. */

import { announce } from "./changes.ts";
import { database, whole, type Draft, type Entry, type Report, type ServerFault } from "./database.ts";
import { listDrafts, writeDraft } from "./drafts.ts";
import { openRecord, sealRecord } from "./sealing.ts";

/** An entry that the server refused becomes a draft again, with the faults it came back with. */
export async function reopen(id: string, now: string): Promise<Draft | undefined> {
  const db = await database();
  const stored = await db.get("queue", id);
  if (!stored || stored.state === "sent" || stored.state === "conflict") return undefined;
  const draft = draftOf(await openRecord<Entry>(stored), now);
  const record = await sealRecord(draft);
  const transaction = db.transaction(["drafts", "queue"], "readwrite", { durability: "strict" });
  const same = (await transaction.objectStore("queue").get(id))?.state === stored.state;
  await whole(transaction, [
    same ? transaction.objectStore("drafts").put(record) : undefined,
    same ? transaction.objectStore("queue").delete(id) : undefined,
  ]);
  announce();
  return same ? draft : undefined;
}

function draftOf(entry: Entry, now: string): Draft {
  const { id, owner, form, version, deprecatedId, finished, summary, about, message, faults } = entry;
  return {
    id, owner, form, version, created: finished, updated: now, place: "", summary, progress: 1,
    ...(deprecatedId ? { deprecatedId } : {}),
    ...(about ? { about } : {}),
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
  const begun = (await listDrafts(owner)).find((draft) => draft.deprecatedId === report.instance_id);
  if (begun) return begun;
  const draft: Draft = {
    id, owner, form: report.form, version: report.version, deprecatedId: report.instance_id,
    created: now, updated: now, place: "", summary: "", progress: 1,
    ...(faults.length ? { faults } : {}),
    ...(report.reason ? { reason: report.reason } : {}),
  };
  await writeDraft(draft, report.answers ?? {});
  announce();
  return draft;
}
