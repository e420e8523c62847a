/** The PIN: what it wraps, and how long a wrong one has to wait. */

import { database, readValue, whole } from "./database.ts";
import { cipher, drop, hold, lock, type Keys } from "./vault.ts";

/**
 * What the phone keeps of an account's key. It is wrapped by a key made of the PIN and of `device`,
 * a key of this phone that no script can read out.
 */
export interface Lock {
  readonly account: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
  readonly device: CryptoKey;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly wrapped: ArrayBuffer;
  /** Wrong PINs in a row, counted before each is tried. */
  readonly failures: number;
  /** Whether all that lay in clear before this PIN is sealed: nothing is written in clear since. */
  readonly sealed?: boolean;
  /** Milliseconds still to wait. Only time that the app was open counts, whatever the clock says. */
  readonly left: number;
}

export const PIN = /^\d{4,8}$/;
const FREE_TRIES = 4;
const WAITS_S = [30, 60, 120, 300, 600];
const LONGEST_S = 900;

/** Milliseconds to wait after so many wrong PINs in a row. */
export function waitAfterWrong(failures: number): number {
  return failures <= FREE_TRIES ? 0 : 1000 * (WAITS_S[failures - FREE_TRIES - 1] ?? LONGEST_S);
}

const keyOf = (owner: string): string => `lock:${owner}`;

export async function readLock(owner: string): Promise<Lock | undefined> {
  return readValue<Lock>(keyOf(owner));
}

/** Change an account's lock in one transaction, so that two windows do not undo each other. */
async function change(owner: string, how: (lock: Lock) => Lock): Promise<Lock | undefined> {
  const transaction = (await database()).transaction("values", "readwrite", { durability: "strict" });
  const lock = (await transaction.store.get(keyOf(owner))) as Lock | undefined;
  const after = lock && how(lock);
  await whole(transaction, [after && after !== lock ? transaction.store.put(after, keyOf(owner)) : undefined]);
  return after;
}

/** All that lay in clear is sealed: the next unlock need not look again. */
export async function noteSealed(owner: string): Promise<void> {
  await change(owner, (lock) => ({ ...lock, sealed: true }));
}

/** Take `ms` that passed with the app open off the wait; returns what is left. */
export async function waited(owner: string, ms: number): Promise<number> {
  const after = await change(owner, (lock) => (lock.left ? { ...lock, left: Math.max(0, lock.left - ms) } : lock));
  return after?.left ?? 0;
}

/** Try a PIN. Returns 0 where it was right, else how long to wait, at least 1 ms. */
export async function tryPin(owner: string, pin: string): Promise<number> {
  let refused = 0;
  const lock = await change(owner, (before) => {
    refused = before.left;
    const failures = before.failures + 1;
    return refused ? before : { ...before, failures, left: waitAfterWrong(failures) };
  });
  if (!lock || refused) return refused || 1;
  const keys = await unwrap(owner, lock, pin);
  if (!keys) return lock.left || 1;
  hold(keys);
  await change(owner, (before) => ({ ...before, failures: 0, left: 0 }));
  return 0;
}

async function unwrap(owner: string, lock: Lock, pin: string): Promise<Keys | undefined> {
  const wrapping = await wrappingKey(lock, pin);
  try {
    const raw = new Uint8Array(await crypto.subtle.decrypt(cipher(keyOf(owner), lock.iv), wrapping, lock.wrapped));
    return await keysOf(owner, raw);
  } catch {
    return undefined; // the tag does not fit: another PIN
  }
}

/** The key that a PIN makes on this phone. */
export async function wrappingKey({ salt, iterations, device }: Pick<Lock, "salt" | "iterations" | "device">, pin: string): Promise<CryptoKey> {
  const { subtle } = crypto;
  const typed = await subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const stretched = await subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, typed, 256);
  const mixed = await subtle.sign("HMAC", device, stretched);
  return subtle.importKey("raw", mixed, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** The keys that an account's key makes, and the account's name in files. Empties `raw`. */
export async function keysOf(owner: string, raw: Uint8Array<ArrayBuffer>): Promise<Keys> {
  const { subtle } = crypto;
  const base = await subtle.importKey("raw", raw, "HKDF", false, ["deriveKey", "deriveBits"]);
  raw.fill(0);
  const derived = (use: string): HkdfParams => ({
    name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new TextEncoder().encode(`so-thon ${use} 1`),
  });
  const key = (use: string): Promise<CryptoKey> =>
    subtle.deriveKey(derived(use), base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const [records, rescue, name] = await Promise.all([
    key("records"), key("rescue"), subtle.deriveBits(derived("account"), base, 128),
  ]);
  const account = Array.from(new Uint8Array(name), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { owner, account, records, rescue };
}

/** How an account's records lie on this phone: "clear" only before its first PIN. */
export type Protection = "clear" | "locked" | "open";

/** Forget the PIN of an account: its records wait for its next sign-in. */
export async function forgetLock(owner: string): Promise<void> {
  drop();
  void lock(true);
  await (await database()).delete("values", keyOf(owner));
}
