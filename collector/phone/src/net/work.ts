/** Brings the person's own work: the households to visit, the months that are due. */

import { announce } from "../store/changes.ts";
import type { Assignment, KeptWork, Session } from "../store/database.ts";
import { listEntries } from "../store/queue.ts";
import { readSecret, writeSecret } from "../store/sealing.ts";
import { ask } from "./api.ts";
import type { Refreshed } from "./refresh.ts";

const PATIENCE_MS = 30_000;

/** Ask for the assignment; where the server's has not changed, only its ETag travels. */
export async function refreshWork(session: Session): Promise<Refreshed> {
  const kept = await readSecret<KeptWork>("work");
  const sent = (await listEntries(session.user.username)).filter(({ state }) => state === "sent");
  const reply = await ask("work", { token: session.token, patience: PATIENCE_MS, tag: kept?.tag });
  if (reply.kind === "none") return "unreachable";
  if (reply.status === 401) return "sign-in";
  const assignment = reply.status === 304 ? kept?.assignment : reply.body;
  if ((reply.status !== 200 && reply.status !== 304) || !isAssignment(assignment)) {
    return reply.status === 404 ? "done" : "unreachable"; // a service that gives no work
  }
  const tag = reply.tag ?? kept?.tag ?? "";
  await writeSecret("work", { tag, assignment, counted: sent.map(({ id }) => id) } satisfies KeptWork);
  announce();
  return "done";
}

function isAssignment(body: unknown): body is Assignment {
  const { households, months } = (body ?? {}) as Partial<Assignment>;
  return Array.isArray(households) && Array.isArray(months);
}

/** Whether there is anything to show: where not, nobody sees an empty list. */
export function hasWork(kept: KeptWork | undefined): boolean {
  const { households = [], months = [] } = kept?.assignment ?? {};
  return households.length + months.length > 0;
}
