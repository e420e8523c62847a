/** Files of interviews on their way in a rescue file: as base64, because the file is JSON under its seal. */

import { bytesOf, filesOf, sealFile, type StoredFile } from "./files.ts";
import type { SentFile } from "./types.ts";

export interface Carried {
  readonly filename: string;
  readonly type: string;
  readonly data: string;
}

/** The files of one interview, to be written into a rescue file. */
export async function carry(id: string): Promise<Carried[]> {
  const found = await filesOf(id);
  return Promise.all(found.map(async ({ filename, file }) => ({ filename, type: file.type, data: base64(await bytesOf(file)) })));
}

/** The files of one interview as this phone is to keep them. */
export async function sealCarried(owner: string, id: string, carried: readonly Carried[] = []): Promise<StoredFile[]> {
  return Promise.all(carried.map(({ filename, type, data }) => sealFile(owner, id, filename, type, bytesFrom(data))));
}

/** Whether every file that an entry names came with it, as it was: else it would wait for them for ever. */
export function allCame(id: string, named: readonly SentFile[], came: readonly StoredFile[]): boolean {
  return named.every(({ filename, sha256 }) => came.some((file) => file.key === `${id}/${filename}` && file.sha256 === sha256));
}

const STEP = 0x8000; // as many arguments as every engine takes

function base64(bytes: ArrayBuffer): string {
  const all = new Uint8Array(bytes);
  let text = "";
  for (let at = 0; at < all.length; at += STEP) text += String.fromCharCode(...all.subarray(at, at + STEP));
  return btoa(text);
}

function bytesFrom(text: string): ArrayBuffer {
  return Uint8Array.from(atob(text), (symbol) => symbol.charCodeAt(0)).buffer;
}
