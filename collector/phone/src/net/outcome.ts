/** What a reply of the server means for a finished interview. Pure, so that every case has a test. */

import type { Entry, ServerFault } from "../store/types.ts";
import type { Reply } from "./reply.ts";

/** What holds the queue up; undefined means that it may go on. */
export type Halt = "network" | "timeout" | "portal" | "server" | "sign-in" | undefined;

export interface Outcome {
  /** The entry as it is to be kept. */
  readonly entry: Entry;
  readonly halt: Halt;
}

/**
 * 201 is the only success. Without a reply, or with one that time may heal, the entry waits. What
 * will not get better by waiting is shown to the person, and kept.
 */
export function outcome(entry: Entry, reply: Reply): Outcome {
  if (reply.kind === "none") return { entry, halt: reply.why === "not-ours" ? "portal" : reply.why };
  const { status, body } = reply;
  if (status === 201) return { entry: sent(entry, body), halt: undefined };
  if (status === 401) return { entry, halt: "sign-in" };
  if (status === 422) return { entry: { ...back(entry, "faulty", body), faults: faultsOf(body) }, halt: undefined };
  if (status === 409) return { entry: back(entry, "conflict", body), halt: undefined };
  if (status < 400) return { entry, halt: "portal" }; // nothing else of the service's own is below
  const final = status < 500 && ![408, 424, 425, 429].includes(status); // 424: a file is not there yet
  return final ? { entry: back(entry, "refused", body), halt: undefined } : { entry, halt: "server" };
}

function sent(entry: Entry, body: Record<string, unknown>): Entry {
  const { message: _, faults: __, ...rest } = entry;
  const receivedAt = typeof body["received_at"] === "string" ? { receivedAt: body["received_at"] } : {};
  return { ...rest, state: "sent", ...receivedAt };
}

function back(entry: Entry, state: Entry["state"], body: Record<string, unknown>): Entry {
  const message = body["message"];
  return { ...entry, state, ...(typeof message === "string" ? { message } : {}) };
}

function faultsOf(body: Record<string, unknown>): readonly ServerFault[] {
  return Array.isArray(body["faults"]) ? (body["faults"] as ServerFault[]) : [];
}

const FIRST_WAIT_S = 5;
const LONGEST_WAIT_S = 15 * 60;

/**
 * Seconds until the next attempt after `failures` failed ones: doubling, at most a quarter of an
 * hour, with half of it left to chance so that a whole commune does not come back at one moment.
 */
export function waitAfter(failures: number, chance: number): number {
  const wait = Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** Math.min(Math.max(0, failures - 1), 10));
  return wait / 2 + (wait / 2) * chance;
}
