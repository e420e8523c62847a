/** Photos, recordings and logs of interviews, sealed like the answers, until the server has them. */

import { database, whole } from "./database.ts";
import { protection } from "./sealing.ts";
import { openBytes, sealBytes, type Sealed } from "./vault.ts";

/** A file as it lies on the disk; `key` is the interview's id and the file's name. */
export interface StoredFile {
  readonly key: string;
  readonly owner: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  readonly data: ArrayBuffer | Sealed;
}

const keyOf = (id: string, filename: string): string => `${id}/${filename}`;
const nameOf = (key: string): string => `file:${key}`;
const allOf = (id: string): IDBKeyRange => IDBKeyRange.bound(`${id}/`, `${id}/\uffff`);

/** A file as it is to be kept. Throws while the phone is locked. */
export async function sealFile(owner: string, id: string, filename: string, type: string, bytes: ArrayBuffer): Promise<StoredFile> {
  const key = keyOf(id, filename);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const data = (await protection(owner)) === "clear" ? bytes : await sealBytes(nameOf(key), bytes);
  return { key, owner, type, size: bytes.byteLength, sha256, data };
}

/** Keep a file on the disk. Throws where there is no room, or while the phone is locked. */
export async function keepFile(owner: string, id: string, filename: string, type: string, bytes: ArrayBuffer): Promise<void> {
  const file = await sealFile(owner, id, filename, type, bytes);
  const transaction = (await database()).transaction("files", "readwrite", { durability: "strict" });
  await whole(transaction, [transaction.store.put(file)]);
}

/** Every file of an interview, and how it is called there. */
export async function filesOf(id: string): Promise<{ readonly filename: string; readonly file: StoredFile }[]> {
  const found = await (await database()).getAll("files", allOf(id));
  return found.map((file) => ({ filename: file.key.slice(id.length + 1), file }));
}

export async function findFile(id: string, filename: string): Promise<StoredFile | undefined> {
  return (await database()).get("files", keyOf(id, filename));
}

/** The bytes of a file. Throws while the phone is locked. */
export async function bytesOf(file: StoredFile): Promise<ArrayBuffer> {
  return file.data instanceof ArrayBuffer ? file.data : openBytes(nameOf(file.key), file.data);
}

/** Forget one file of an interview: its answer names another one now, or none. */
export async function dropFile(id: string, filename: string): Promise<void> {
  await (await database()).delete("files", keyOf(id, filename));
}

/** Forget the files of an interview, or those of interviews that are no longer on the phone. */
export async function dropFiles(id: string): Promise<void> {
  await (await database()).delete("files", allOf(id));
}

export async function dropLostFiles(): Promise<void> {
  const transaction = (await database()).transaction(["files", "bodies"], "readwrite");
  const known = new Set(await transaction.objectStore("bodies").getAllKeys());
  const keys = await transaction.objectStore("files").getAllKeys();
  const lost = keys.filter((key) => !known.has(key.slice(0, key.indexOf("/"))));
  await whole(transaction, lost.map((key) => transaction.objectStore("files").delete(key)));
}
