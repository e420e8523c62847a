/** Interviews that are being filled. An answer is on disk before the next one can be given. */

import type { Answers } from "../engine/model.ts";
import { announce } from "./changes.ts";
import { database, type Draft } from "./database.ts";

export async function listDrafts(owner: string): Promise<Draft[]> {
  const drafts = await (await database()).getAll("drafts");
  return drafts.filter((draft) => draft.owner === owner).sort((a, b) => b.updated.localeCompare(a.updated));
}

export async function readDraft(id: string): Promise<{ draft: Draft; answers: Answers } | undefined> {
  const transaction = (await database()).transaction(["drafts", "bodies"]);
  const draft = await transaction.objectStore("drafts").get(id);
  const body = await transaction.objectStore("bodies").get(id);
  return draft && body && { draft, answers: body.answers };
}

export async function writeDraft(draft: Draft, answers: Answers): Promise<void> {
  const transaction = (await database()).transaction(["drafts", "bodies"], "readwrite");
  await Promise.all([
    transaction.objectStore("drafts").put(draft),
    transaction.objectStore("bodies").put({ id: draft.id, answers }),
    transaction.done,
  ]);
}

export async function deleteDraft(id: string): Promise<void> {
  const transaction = (await database()).transaction(["drafts", "bodies"], "readwrite");
  await Promise.all([
    transaction.objectStore("drafts").delete(id),
    transaction.objectStore("bodies").delete(id),
    transaction.done,
  ]);
  announce();
}

/** Draws the writes of one draft together: while one runs, only the newest of the others waits. */
export class DraftWriter {
  private next: { draft: Draft; answers: Answers } | undefined;
  private running: Promise<void> | undefined;
  private readonly told: (saved: boolean, error?: unknown) => void;

  /** `told` hears when something waits to be written, when all is on disk, and what went wrong. */
  constructor(told: (saved: boolean, error?: unknown) => void) {
    this.told = told;
  }

  write(draft: Draft, answers: Answers): void {
    this.next = { draft, answers };
    if (this.running) return;
    this.told(false);
    this.running = this.run();
  }

  /** Resolves when everything given so far is on disk. */
  async settled(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.next) {
      const { draft, answers } = this.next;
      this.next = undefined;
      try {
        await writeDraft(draft, answers);
        if (!this.next) this.told(true);
      } catch (error) {
        this.told(false, error);
      }
    }
    this.running = undefined;
  }
}
