/** Sends the files of an interview in parts; after any cut it goes on from where the server stands. */

import { bytesOf, findFile } from "../store/files.ts";
import type { SentFile } from "../store/types.ts";
import { ask } from "./api.ts";
import type { Reply } from "./reply.ts";

const PART = 256 * 1024;
/** How often in a row the server may stand elsewhere than we think, before it is given up for now. */
const PATIENCE = 3;

/**
 * Send what of the files is not there yet; the reply that held it up, or those that are there now.
 * One that the phone has lost is left out: the server then names its question, and does not wait.
 */
export async function sendFiles(id: string, files: readonly SentFile[], token: string): Promise<Reply | readonly SentFile[]> {
  const there: SentFile[] = [];
  for (const one of files) {
    const file = await findFile(id, one.filename);
    if (!file) continue;
    const refused = await sendFile(one.filename, file.type, file.sha256, await bytesOf(file), token);
    if (refused) return refused;
    there.push(one);
  }
  return there;
}

async function sendFile(filename: string, type: string, sha256: string, bytes: ArrayBuffer, token: string): Promise<Reply | undefined> {
  const size = bytes.byteLength;
  let reply: Reply | undefined;
  for (let tries = 0; tries < PATIENCE; tries++) {
    reply = await ask("uploads", { method: "POST", token, body: { sha256, size, type, filename } });
    if (reply.kind === "none" || reply.status !== 200) return reply;
    const from = Number(reply.body["offset"]);
    const result = await sendFrom(from, bytes, `uploads/${sha256}`, token);
    if (result === undefined) return undefined;
    if (result.kind === "none" || ![404, 409, 422].includes(result.status)) return result;
    reply = result; // it stands elsewhere, or begins anew: ask again
  }
  return reply && { kind: "reply", status: 503, body: {} };
}

async function sendFrom(start: number, bytes: ArrayBuffer, path: string, token: string): Promise<Reply | undefined> {
  for (let at = start; at < bytes.byteLength; ) {
    const part = bytes.slice(at, at + PART);
    const reply = await ask(path, { method: "PATCH", token, part, headers: { "Upload-Offset": String(at) } });
    if (reply.kind === "none" || reply.status !== 204) return reply;
    at += part.byteLength;
    if (Number(reply.body["offset"]) !== at) return { kind: "none", why: "not-ours" };
  }
  return undefined;
}
