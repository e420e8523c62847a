/** Who is signed in. The token is sealed: a locked phone knows the person, and cannot ask for them. */

import { database, readValue, whole, writeValue } from "./database.ts";
import { protection } from "./sealing.ts";
import type { Session } from "./types.ts";
import { openOnce, seal, unlockedFor, type Sealed } from "./vault.ts";

interface StoredSession extends Session {
  readonly sealed?: Sealed;
  /** SHA-256 of the token: with it a locked phone asks whether it was revoked, and nothing else. */
  readonly beacon?: string;
}

async function stored(): Promise<StoredSession | undefined> {
  return readValue<StoredSession>("session");
}

/** The session; its token is null while the phone is locked, and once it no longer opens the service. */
export async function readSession(): Promise<Session | undefined> {
  const found = await stored();
  if (!found?.sealed) return found;
  const { sealed, beacon: _, ...session } = found;
  if (unlockedFor() !== session.user.username) return session;
  return { ...session, token: await openOnce<string>("token", sealed).catch(() => null) };
}

/** Keep who signed in. Throws Locked where the account has a PIN that was not given. */
export async function writeSession(session: Session | undefined): Promise<void> {
  const record = session && (await protect(session));
  const transaction = (await database()).transaction("values", "readwrite", { durability: "strict" });
  await whole(transaction, [record ? transaction.store.put(record, "session") : transaction.store.delete("session")]);
}

async function protect(session: Session): Promise<StoredSession> {
  const { token } = session;
  if (!token || (await protection(session.user.username)) === "clear") return session;
  return { ...session, token: null, sealed: await seal("token", token), beacon: await digestOf(token) };
}

/** How the server knows a token: SHA-256 in hexadecimal. */
export async function digestOf(token: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What a phone may be asked about while it is locked; undefined where nobody is signed in. */
export async function beacon(): Promise<string | undefined> {
  const found = await stored();
  return found?.beacon ?? (found?.token ? digestOf(found.token) : undefined);
}

/** Whose phone this is and its beacon, only while it is locked: unlocked, it asks with its token. */
export async function whileLocked(): Promise<{ readonly owner: string; readonly beacon: string } | undefined> {
  const { user, sealed, beacon } = (await stored()) ?? {};
  return user && sealed && beacon && unlockedFor() !== user.username ? { owner: user.username, beacon } : undefined;
}

/** The token no longer opens the service: the person stays known, and signs in again. */
export async function forgetToken(token: string | null): Promise<void> {
  const now = await stored();
  if (!now || token === null || (await readSession())?.token !== token) return;
  const { sealed: _, ...session } = now; // the beacon stays: a lost phone is still to hear of it
  await writeValue("session", { ...session, token: null });
}
