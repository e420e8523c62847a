/** Requests to the service. A reply that is not the service's own counts as no reply. */

import { readValue } from "../store/database.ts";
import { wipe } from "../wipe.ts";
import { noteClock } from "./clock.ts";
import { isRevoked, replyOf, type Reply } from "./reply.ts";

const BASE = "/api/v1";
const PATIENCE_MS = 60_000;

export interface Request {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: unknown;
  /** A part of a file, in the place of a body. */
  readonly part?: ArrayBuffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | null;
  readonly patience?: number;
  /** The ETag of what the phone has: the reply is 304 where that is still right. */
  readonly tag?: string | undefined;
}

/** Send a request and read its JSON. Never throws. */
export async function ask(path: string, request: Request = {}): Promise<Reply> {
  const reply = await send(path.startsWith("/") ? path : `${BASE}/${path}`, request);
  if (!(reply instanceof Response)) return reply;
  if (reply.status === 204 || (reply.status === 304 && request.tag)) {
    return { kind: "reply", status: reply.status, body: { offset: reply.headers.get("Upload-Offset") } };
  }
  const body: unknown = await reply.json().catch(() => undefined);
  const understood = replyOf(reply.status, body);
  if (understood.kind === "reply" && body !== undefined) await noteClock(reply.headers.get("Date"));
  if (isRevoked(understood)) await wipe();
  const tag = reply.headers.get("ETag");
  return understood.kind === "reply" && tag ? { ...understood, tag } : understood;
}

/** Fetch a text file, or say why not. */
export async function askText(path: string, token: string | null): Promise<string | undefined> {
  const reply = await send(path, { token });
  if (!(reply instanceof Response) || reply.status !== 200) return undefined;
  if (reply.headers.get("Content-Type")?.includes("text/html")) return undefined;
  return reply.text().catch(() => undefined);
}

/** Fetch a file as it is; "refused" where the service has an answer, but not the file. */
export async function askFile(path: string, token: string | null, patience: number): Promise<Blob | "refused" | undefined> {
  const reply = await send(path, { token, patience });
  if (!(reply instanceof Response)) return undefined;
  return reply.status === 200 ? reply.blob() : "refused";
}

async function send(path: string, request: Request): Promise<Response | Reply> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), request.patience ?? PATIENCE_MS);
  try {
    const response = await fetch(path, {
      method: request.method ?? "GET",
      headers: await headersOf(request),
      signal: stop.signal,
      credentials: "omit",
      cache: "no-store",
      redirect: "manual", // the service never redirects: whoever does stands between
      ...(request.body === undefined ? (request.part ? { body: request.part } : {}) : { body: JSON.stringify(request.body) }),
    });
    return response.type === "opaqueredirect" ? { kind: "none", why: "not-ours" } : await whole(response);
  } catch {
    return { kind: "none", why: stop.signal.aborted ? "timeout" : "network" };
  } finally {
    clearTimeout(timer);
  }
}

/** The reply with its body read to the end, so that a body that breaks off counts as no reply. */
async function whole(response: Response): Promise<Response> {
  if (response.status === 204 || response.status === 304) return response;
  const body = await response.arrayBuffer();
  return new Response(body, { status: response.status, headers: response.headers });
}

async function headersOf(request: Request): Promise<Record<string, string>> {
  const language = (await readValue<string>("language")) ?? "vi";
  return {
    Accept: "application/json",
    "Accept-Language": language,
    ...request.headers,
    ...(request.tag ? { "If-None-Match": request.tag } : {}),
    ...(request.token ? { Authorization: `Bearer ${request.token}` } : {}),
    ...(request.body === undefined ? {} : { "Content-Type": "application/json" }),
  };
}

export { readSession as session } from "../store/session.ts";
