/** What goes with a finished interview: its photos and recordings, and the log of times. */

import { pathOf, walk } from "../engine/instance.ts";
import type { Interview } from "../engine/interview.ts";
import type { Draft, SentFile } from "../store/database.ts";
import { findFile, keepFile } from "../store/files.ts";
import { LOG_FILE, logFile, logPath } from "./log.ts";

/** The files of an interview that lie on this phone; the log is written to one of them now. */
export async function attachments(interview: Interview, draft: Draft): Promise<SentFile[]> {
  const named = [...walk(interview.root)].filter(({ def, relevant, raw }) => raw && relevant && (def.type === "image" || def.type === "audio"));
  const files = named.map((inst) => ({ path: pathOf(inst), filename: inst.raw }));
  const path = logPath(interview.model);
  if (path) {
    await keepFile(draft.owner, draft.id, LOG_FILE, "text/csv", logFile(draft.log ?? ""));
    files.push({ path, filename: LOG_FILE });
  }
  const found = await Promise.all(files.map(async (file) => ({ ...file, sha256: (await findFile(draft.id, file.filename))?.sha256 ?? "" })));
  return found.filter(({ sha256 }) => sha256);
}
