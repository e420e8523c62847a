/** Chooses a PIN: wraps the account's key with it, and seals what lies in clear. */

import { database, whole } from "./database.ts";
import { keysOf, wrappingKey, type Lock } from "./pin.ts";
import { sealClear } from "./sealing.ts";
import { cipher, hold } from "./vault.ts";

/** OWASP's figure for PBKDF2 with SHA-256 (2023): about a second on the phones we build for. */
const ITERATIONS = 600_000;

/** Set the PIN of an account. `key`: its 32 bytes as the server sends them, in base64. */
export async function setPin(owner: string, pin: string, key: string): Promise<void> {
  const raw = Uint8Array.from(atob(key), (symbol) => symbol.charCodeAt(0));
  if (raw.length !== 32) throw new Error(`the account's key has ${raw.length} bytes`);
  const made = {
    salt: crypto.getRandomValues(new Uint8Array(16)),
    iterations: ITERATIONS,
    device: await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"]),
    iv: crypto.getRandomValues(new Uint8Array(12)),
  };
  const wrapping = await wrappingKey(made, pin);
  const wrapped = await crypto.subtle.encrypt(cipher(`lock:${owner}`, made.iv), wrapping, raw);
  const keys = await keysOf(owner, raw);
  const lock: Lock = { ...made, account: keys.account, wrapped, failures: 0, left: 0 };
  const transaction = (await database()).transaction("values", "readwrite", { durability: "strict" });
  await whole(transaction, [transaction.store.put(lock, `lock:${owner}`)]);
  hold(keys);
  await sealClear(owner);
}
