/**
 * Sends what waits, in any window that the person has unlocked; a Web Lock lets one of them send at
 * a time, and the server makes a second sending of the same interview harmless.
 */

import { without } from "../engine/instance.ts";
import type { Answers } from "../engine/model.ts";
import { announce } from "../store/changes.ts";
import { readValue, writeValue, type Entry, type Session } from "../store/database.ts";
import { listEntries, readWaiting, settle } from "../store/queue.ts";
import { forgetToken } from "../store/session.ts";
import { ask, session } from "./api.ts";
import { outcome, waitAfter, type Halt } from "./outcome.ts";
import type { Reply } from "./reply.ts";

/** How sending stands, for the screen and for the next attempt. */
export interface SyncState {
  readonly halt: Halt;
  readonly failures: number;
  /** When the next attempt is due, milliseconds since 1970. */
  readonly next: number;
}

const CALM: SyncState = { halt: undefined, failures: 0, next: 0 };
const LOCK = "so-thon-send";

export async function syncState(): Promise<SyncState> {
  return (await readValue<SyncState>("sync")) ?? CALM;
}

/** Send all that waits, unless another tab is at it. Returns whether nothing waits any more. */
export async function sendWaiting(): Promise<boolean> {
  if (!navigator.locks) return run();
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? run() : false));
}

async function run(): Promise<boolean> {
  const signedIn = await session();
  if (!signedIn) return true;
  const waiting = (await listEntries(signedIn.user.username)).filter((entry) => entry.state === "waiting");
  if (!waiting.length) return true;
  if (!signedIn.token) return false;
  const halt = await sendEach(inTurn(waiting), signedIn.token);
  await remember(halt, signedIn);
  return halt === undefined;
}

/** How many in a row a server may fail at before the others wait too. */
const FAILURES_IN_A_ROW = 2;

/** The least tried first, then the oldest: one that the server always fails at holds nobody else up. */
function inTurn(entries: readonly Entry[]): Entry[] {
  return [...entries].reverse().sort((a, b) => (a.tries ?? 0) - (b.tries ?? 0));
}

/** One after the other, until something holds all of them up. */
async function sendEach(entries: readonly Entry[], token: string): Promise<Halt> {
  let failed = 0;
  let last: Halt;
  for (const { id } of entries) {
    const waiting = await readWaiting(id);
    if (!waiting) continue;
    const { entry } = waiting;
    const { entry: after, halt } = outcome(entry, await sendOne(entry, waiting.answers, token));
    if (halt && halt !== "server") return halt;
    await settle(halt ? { ...entry, tries: (entry.tries ?? 0) + 1 } : after);
    failed = halt ? failed + 1 : 0;
    last = halt ?? last;
    if (failed >= FAILURES_IN_A_ROW) break;
  }
  return last;
}

/** The files first, in parts; then the submission that names them. */
async function sendOne(entry: Entry, answers: Answers, token: string): Promise<Reply> {
  const named = entry.files ?? [];
  const files = named.length ? await (await import("../screens/more.ts")).sendFiles(entry.id, named, token) : named;
  if ("kind" in files) return files;
  return ask("submissions", {
    method: "POST",
    token,
    body: {
      form: entry.form,
      version: entry.version,
      instance_id: `uuid:${entry.id}`,
      ...(entry.deprecatedId ? { deprecated_id: entry.deprecatedId } : {}),
      answers: entry.own ? without(answers, entry.own) : answers,
      ...(files.length ? { attachments: files } : {}),
    },
  });
}

async function remember(halt: Halt, signedIn: Session): Promise<void> {
  if (halt === "sign-in") await forgetToken(signedIn.token);
  const before = await syncState();
  const failures = halt ? before.failures + 1 : 0;
  const next = halt ? Date.now() + 1000 * waitAfter(failures, Math.random()) : 0;
  await writeValue("sync", { halt, failures, next } satisfies SyncState);
  announce();
}
