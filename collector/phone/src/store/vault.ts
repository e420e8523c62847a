/**
 * The account's keys while the phone is unlocked, and what is sealed with them. They are in memory
 * only, cannot be read out as bytes, and reach other windows of this browser as they are.
 * docs/decisions/0025-pin-and-encryption.md says against whom this helps.
 */

import { announce } from "./changes.ts";

/** AES-GCM with a fresh 96-bit IV; the id of the record is the additional data. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

export interface Keys {
  /** The user name whose keys these are. */
  readonly owner: string;
  /** What a rescue file calls the account: says nothing about anybody. */
  readonly account: string;
  readonly records: CryptoKey;
  readonly rescue: CryptoKey;
}

/** What is sealed cannot be read or written before the next unlock. */
export class Locked extends Error {
  override readonly name = "Locked";
}

let keys: Keys | undefined;
/** The person sees the lock, though something may still be on its way to the disk. */
let shut = false;
const settlers = new Set<() => Promise<boolean>>();
const opened = new Map<string, Promise<unknown>>();

/** Whose phone this is at the moment; undefined while it is locked. */
export function unlockedFor(): string | undefined {
  return shut ? undefined : keys?.owner;
}

/** Seal a value for the record `id`. Throws Locked. */
export async function seal(id: string, value: unknown): Promise<Sealed> {
  return sealBytes(id, new TextEncoder().encode(JSON.stringify(value)));
}

/** The value that was sealed for `id`. Throws Locked; OperationError where it is another's or damaged. */
export async function open<T>(id: string, sealed: Sealed): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await openBytes(id, sealed))) as T;
}

/** As `open`, but what was opened once is remembered until the phone is locked: for lists. */
export async function openOnce<T>(id: string, sealed: Sealed): Promise<T> {
  const key = `${id} ${String.fromCharCode(...sealed.iv)}`;
  const known = opened.get(key) ?? open<T>(id, sealed);
  if (keys) opened.set(key, known); // several lists that ask at once share one opening
  known.catch(() => opened.delete(key));
  return known as Promise<T>;
}

export async function sealBytes(id: string, bytes: BufferSource): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt(cipher(id, iv), held().records, bytes) };
}

export async function openBytes(id: string, sealed: Sealed): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt(cipher(id, sealed.iv), held().records, sealed.data);
}

export const cipher = (id: string, iv: BufferSource): AesGcmParams => ({
  name: "AES-GCM",
  iv,
  additionalData: new TextEncoder().encode(id),
});

export function held(): Keys {
  if (!keys) throw new Locked("locked");
  return keys;
}

/** Unlock this window and every other one. */
export function hold(found: Keys): void {
  take(found);
  channel?.postMessage({ keys: found });
}

function take(found: Keys): void {
  if (keys?.owner !== found.owner) opened.clear();
  keys = found;
  shut = false;
  announce();
}

/** Register what has to be on disk before the keys go; it says whether all is. */
export function beforeLock(settled: () => Promise<boolean>): void {
  settlers.add(settled);
}

const AGAIN_MS = 3000;

/** Show the lock at once, and drop the keys as soon as no answer is in memory only. */
export async function lock(everywhere = false): Promise<void> {
  if (everywhere) channel?.postMessage("lock");
  if (!keys || shut) return;
  shut = true;
  announce();
  while (shut && !(await allSettled())) await new Promise((done) => setTimeout(done, AGAIN_MS));
  if (shut) drop();
}

async function allSettled(): Promise<boolean> {
  const all = await Promise.all([...settlers].map((settled) => settled().catch(() => false)));
  return all.every(Boolean);
}

/** Forget the keys and all that was opened with them, at once. */
export function drop(): void {
  keys = undefined;
  shut = false;
  opened.clear();
}

const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("so-thon-keys");

if (channel) {
  channel.onmessage = ({ data }: MessageEvent<"ask" | "lock" | { readonly keys: Keys }>) => {
    if (data === "ask") tellOthers();
    else if (data === "lock") void lock();
    else if (unlockedFor() !== data.keys.owner) take(data.keys);
  };
}

/** Whether this window may hand its keys on; not one that should have locked itself by now. */
let trusted: () => boolean = () => true;
export function trustWhile(test: () => boolean): void {
  trusted = test;
}

function tellOthers(): void {
  if (keys && !shut && trusted()) channel?.postMessage({ keys });
}

const REPLY_MS = 200;

/** Ask the other windows for the keys; true where one gave them. A later reply counts too. */
export async function askOthers(): Promise<boolean> {
  if (!channel || unlockedFor()) return unlockedFor() !== undefined;
  channel.postMessage("ask");
  for (let waited = 0; waited < REPLY_MS && !unlockedFor(); waited += 20) {
    await new Promise((done) => setTimeout(done, 20));
  }
  return unlockedFor() !== undefined;
}
