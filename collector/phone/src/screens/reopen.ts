/** The way back into an interview that an officer returned. */

import { formOf } from "../net/refresh.ts";
import { newId } from "../runner/begin.ts";
import type { Draft, Report, Session } from "../store/database.ts";
import { reopenReturned } from "../store/back.ts";
import { faultsOfReturn } from "./work.ts";

/** The draft of its correction, begun now or earlier; undefined where its form cannot be had now. */
export async function openReturned(report: Report, session: Session): Promise<Draft | undefined> {
  if (!(await formOf(report.form, report.version, session))) return undefined;
  const now = new Date().toISOString();
  return reopenReturned(report, faultsOfReturn(report), session.user.username, newId(), now);
}
