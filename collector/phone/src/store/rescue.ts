/**
 * The rescue file: all that was not sent, sealed with the account's key, for a phone that will not
 * see the network again. collector/store/rescue.py reads the same file; docs/decisions/0026.
 */

import type { Answers } from "../engine/model.ts";
import { allCame, carry, sealCarried, type Carried } from "./carried.ts";
import { announce } from "./changes.ts";
import { database, whole } from "./database.ts";
import { lockOf } from "./drafts.ts";
import type { StoredFile } from "./files.ts";
import { openBody, openRecord, sealBody, sealRecord, type Stored, type StoredBody } from "./sealing.ts";
import type { Draft, Entry } from "./types.ts";
import { held } from "./vault.ts";

const MAGIC = new TextEncoder().encode("SOTHON\0\x01");
const NAME_END = MAGIC.length + 16;
const HEAD = NAME_END + 12;

interface Interview {
  readonly answers: Answers;
  /** Photos, recordings, the log of times; absent in files from before they travelled. */
  readonly files?: readonly Carried[];
}

export interface Kept {
  readonly drafts: readonly (Interview & { readonly draft: Draft })[];
  readonly entries: readonly (Interview & { readonly entry: Entry })[];
}

/** Why a file is not opened: not one of ours, of another account, or not as it was written. */
export type Refusal = "foreign" | "other" | "damaged";

/** What became of one interview of a file. */
export interface Brought {
  readonly summary: string;
  readonly form: string;
  readonly what: "added" | "same" | "newer" | "older" | "finished" | "apart" | "open";
}

/** Everything of the account that the server does not have. */
export async function unsent(): Promise<Kept> {
  const { owner } = held();
  const db = await database();
  const drafts: Kept["drafts"][number][] = [];
  for (const stored of await db.getAll("drafts")) {
    const body = stored.owner === owner ? await db.get("bodies", stored.id) : undefined;
    if (body) drafts.push({ draft: await openRecord<Draft>(stored), answers: await openBody(body), files: await carry(stored.id) });
  }
  const entries: Kept["entries"][number][] = [];
  for (const stored of await db.getAll("queue")) {
    const body = stored.owner === owner && stored.state !== "sent" ? await db.get("bodies", stored.id) : undefined;
    if (body) entries.push({ entry: await openRecord<Entry>(stored), answers: await openBody(body), files: await carry(stored.id) });
  }
  return { drafts, entries };
}

/** The bytes of the file. Its name and its head say nothing about anybody. */
export async function pack(kept: Kept): Promise<Uint8Array<ArrayBuffer>> {
  const { account, rescue } = held();
  const name = account.match(/../g)!.map((pair) => parseInt(pair, 16));
  const head = new Uint8Array([...MAGIC, ...name, ...crypto.getRandomValues(new Uint8Array(12))]);
  const sealed = await crypto.subtle.encrypt(cipherOf(head), rescue, new TextEncoder().encode(JSON.stringify(kept)));
  const file = new Uint8Array(head.length + sealed.byteLength);
  file.set(head);
  file.set(new Uint8Array(sealed), head.length);
  return file;
}

const cipherOf = (head: Uint8Array<ArrayBuffer>): AesGcmParams => ({ name: "AES-GCM", iv: head.slice(NAME_END), additionalData: head });

/** What a file holds, or why it is refused. Nothing is stored. */
export async function unpack(file: ArrayBuffer): Promise<Kept | Refusal> {
  const bytes = new Uint8Array(file);
  if (bytes.length <= HEAD || MAGIC.some((byte, i) => bytes[i] !== byte)) return "foreign";
  const { account, rescue } = held();
  const name = Array.from(bytes.slice(MAGIC.length, NAME_END), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (name !== account) return "other";
  try {
    const plain = await crypto.subtle.decrypt(cipherOf(bytes.slice(0, HEAD)), rescue, bytes.slice(HEAD));
    const kept = JSON.parse(new TextDecoder().decode(plain)) as Kept;
    return kept.drafts.every(({ draft, answers }) => draft.id && answers) &&
      kept.entries.every(({ entry, answers }) => entry.id && answers) ? kept : "damaged";
  } catch {
    return "damaged";
  }
}

/** What is on the phone under one id. */
interface Here {
  readonly draft: Draft | undefined;
  readonly entry: Entry | undefined;
  readonly answers: Answers | undefined;
}

/** What is to be written for one interview. */
interface Plan {
  readonly brought: Brought;
  readonly draft?: { readonly record: Stored<Draft>; readonly body: StoredBody };
  readonly entry?: { readonly record: Stored<Entry>; readonly body: StoredBody };
  readonly files?: readonly StoredFile[];
}

/**
 * Bring a file's interviews to the phone, all in one transaction. The same content is one; of two
 * drafts the newer wins, and finished wins over begun; of two that were finished differently under
 * one id the file's comes beside, as a draft with an id of its own. What became of each is returned.
 */
export async function bring(kept: Kept, newId: () => string): Promise<Brought[]> {
  const { owner } = held();
  const plans: Plan[] = [];
  for (const one of kept.entries) plans.push(await planEntry({ ...one.entry, owner }, one, newId));
  for (const one of kept.drafts) plans.push(await planDraft({ ...one.draft, owner }, one));
  const open = await openElsewhere();
  plans.forEach((plan, i) => {
    const id = plan.draft?.record.id ?? plan.entry?.record.id;
    if (id !== undefined && open.has(lockOf(id))) plans[i] = { brought: { ...plan.brought, what: "open" } };
  });
  const transaction = (await database()).transaction(["drafts", "queue", "bodies", "files"], "readwrite", { durability: "strict" });
  const [drafts, queue, bodies] = [transaction.objectStore("drafts"), transaction.objectStore("queue"), transaction.objectStore("bodies")];
  await whole(transaction, plans.flatMap(({ draft, entry, files = [] }) => [
    ...files.map((file) => transaction.objectStore("files").put(file)),
    draft && drafts.put(draft.record),
    draft && bodies.put(draft.body),
    entry && queue.put(entry.record),
    entry && bodies.put(entry.body),
    entry && drafts.delete(entry.record.id),
  ]));
  announce();
  return plans.map(({ brought }) => brought);
}

/** Locks of the drafts that a window has open: what is being typed there would write over the file's. */
async function openElsewhere(): Promise<Set<string | undefined>> {
  const held = await navigator.locks?.query();
  return new Set(held?.held?.map((lock) => lock.name));
}

async function here(id: string): Promise<Here> {
  const db = await database();
  const [draft, entry, body] = await Promise.all([db.get("drafts", id), db.get("queue", id), db.get("bodies", id)]);
  return {
    draft: draft && (await openRecord<Draft>(draft)),
    entry: entry && (await openRecord<Entry>(entry)),
    answers: body && (await openBody(body)),
  };
}

async function planEntry(entry: Entry, { answers, files: carried }: Interview, newId: () => string): Promise<Plan> {
  const known = await here(entry.id);
  const told = { summary: entry.summary, form: entry.form };
  if (known.entry?.state === "sent" || (known.entry && same(known.answers, answers))) return { brought: { ...told, what: "same" } };
  if (known.entry) {
    const { id: _, state: __, finished, ...rest } = entry;
    const draft: Draft = { ...rest, id: newId(), created: finished, updated: finished, place: "", progress: 1 };
    return { brought: { ...told, what: "apart" }, draft: await sealedDraft(draft, answers), files: await sealCarried(entry.owner, draft.id, carried) };
  }
  if (known.draft && known.draft.updated > entry.finished) return { brought: { ...told, what: "older" } };
  const files = await sealCarried(entry.owner, entry.id, carried);
  const { files: named = [], ...without } = entry;
  const record = await sealRecord(known.draft || allCame(entry.id, named, files) ? entry : without);
  const sealed = { record, body: await sealBody(entry.owner, { id: entry.id, answers }) };
  return { brought: { ...told, what: known.draft ? "newer" : "added" }, entry: sealed, files };
}

async function planDraft(draft: Draft, { answers, files: carried }: Interview): Promise<Plan> {
  const known = await here(draft.id);
  const told = { summary: draft.summary, form: draft.form };
  if (known.entry) return { brought: { ...told, what: "finished" } };
  if (known.draft && same(known.answers, answers)) return { brought: { ...told, what: "same" } };
  if (known.draft && known.draft.updated >= draft.updated) return { brought: { ...told, what: "older" } };
  const files = await sealCarried(draft.owner, draft.id, carried);
  return { brought: { ...told, what: known.draft ? "newer" : "added" }, draft: await sealedDraft(draft, answers), files };
}

async function sealedDraft(draft: Draft, answers: Answers): Promise<NonNullable<Plan["draft"]>> {
  return { record: await sealRecord(draft), body: await sealBody(draft.owner, { id: draft.id, answers }) };
}

const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/** JSON with its keys in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
