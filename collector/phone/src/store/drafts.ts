/** Interviews that are being filled. An answer is on disk before the next one can be given. */

import type { Answers } from "../engine/model.ts";
import { announce } from "./changes.ts";
import { database, whole, type Draft } from "./database.ts";
import { dropFiles } from "./files.ts";
import { openBody, openRecord, sealBody, sealRecord, showRecord } from "./sealing.ts";
import { noteTrouble } from "./trouble.ts";
import { beforeLock } from "./vault.ts";

export async function listDrafts(owner: string): Promise<Draft[]> {
  const drafts = (await (await database()).getAll("drafts")).filter((draft) => draft.owner === owner);
  return (await Promise.all(drafts.map(showRecord<Draft>))).sort((a, b) => b.updated.localeCompare(a.updated));
}

/** A draft with its answers: those that the disk did not take yet go before those on it. */
export async function readDraft(id: string): Promise<{ draft: Draft; answers: Answers } | undefined> {
  const newer = writers.get(id)?.waiting;
  if (newer) return newer;
  const transaction = (await database()).transaction(["drafts", "bodies"]);
  const draft = await transaction.objectStore("drafts").get(id);
  const body = await transaction.objectStore("bodies").get(id);
  return draft && body && { draft: await openRecord<Draft>(draft), answers: await openBody(body) };
}

export async function writeDraft(draft: Draft, answers: Answers): Promise<void> {
  const [record, body] = await Promise.all([sealRecord(draft), sealBody(draft.owner, { id: draft.id, answers })]);
  const transaction = (await database()).transaction(["drafts", "bodies"], "readwrite");
  await whole(transaction, [
    transaction.objectStore("drafts").put(record),
    transaction.objectStore("bodies").put(body),
  ]);
}

/** The name of the Web Lock of the window that has a draft open. */
export const lockOf = (id: string): string => `so-thon-draft-${id}`;

/** Delete a draft, unless another window has it open; returns whether it is gone. */
export async function deleteDraft(id: string): Promise<boolean> {
  if (!navigator.locks) return remove(id);
  return navigator.locks.request(lockOf(id), { ifAvailable: true }, (lock) => (lock ? remove(id) : false));
}

async function remove(id: string): Promise<true> {
  writers.get(id)?.forget();
  const transaction = (await database()).transaction(["drafts", "bodies"], "readwrite");
  await whole(transaction, [
    transaction.objectStore("drafts").delete(id),
    transaction.objectStore("bodies").delete(id),
  ]);
  await dropFiles(id);
  announce();
  return true;
}

/** Hears when something waits to be written, when all is on disk, and what went wrong. */
type Told = (saved: boolean, error?: unknown) => void;

const writers = new Map<string, DraftWriter>();
const AGAIN_MS = 3000;

beforeLock(async () => (await Promise.all([...writers.values()].map((writer) => writer.settled()))).every(Boolean));

/** The one writer of a draft: it outlives the screen while answers are not on disk yet. */
export function draftWriter(id: string, told: Told): DraftWriter {
  const writer = writers.get(id) ?? new DraftWriter();
  writer.told = told;
  writers.set(id, writer);
  return writer;
}

/** Resolves when a draft's answers are on disk; false where the disk does not take them now. */
export async function draftSettled(id: string): Promise<boolean> {
  return (await writers.get(id)?.settled()) ?? true;
}

/** Whether answers of any draft are in memory only. */
export function unsaved(): boolean {
  return [...writers.values()].some((writer) => writer.waiting !== undefined);
}

/** Draws the writes of one draft together: while one runs, only the newest of the others waits.
 * What the disk does not take stays in memory, and is tried again until there is room. */
class DraftWriter {
  waiting: { draft: Draft; answers: Answers } | undefined;
  told: Told = () => undefined;
  private running: Promise<void> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  write(draft: Draft, answers: Answers): void {
    this.waiting = { draft, answers };
    if (this.running) return;
    this.told(false);
    this.start();
  }

  async settled(): Promise<boolean> {
    await this.running;
    return this.waiting === undefined;
  }

  /** The interview is elsewhere now, or gone: nothing of it is to be written any more. */
  forget(): void {
    this.waiting = undefined;
    clearTimeout(this.timer);
    noteTrouble("draft");
  }

  private start(): void {
    clearTimeout(this.timer);
    this.running = this.run().finally(() => (this.running = undefined));
  }

  private async run(): Promise<void> {
    while (this.waiting) {
      const work = this.waiting;
      try {
        await writeDraft(work.draft, work.answers);
      } catch (error) {
        this.told(false, error);
        noteTrouble("draft", error);
        this.timer = setTimeout(() => this.start(), AGAIN_MS);
        return;
      }
      if (this.waiting === work) this.waiting = undefined;
    }
    this.told(true);
    noteTrouble("draft");
  }
}
