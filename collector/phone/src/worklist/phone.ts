/** What the phone keeps of one person's work. Pure. */

import type { Model } from "../engine/model.ts";
import { aboutOf } from "../runner/about.ts";
import type { Work } from "../screens/work.ts";
import type { About, Draft, Entry, Report } from "../store/types.ts";

export interface Phone {
  readonly drafts: readonly Draft[];
  readonly entries: readonly Entry[];
  readonly reports: readonly Report[];
  /** The settings of a form, where the phone has it. */
  readonly formOf: (form: string, version: string) => Pick<Model, "about"> | undefined;
}

/** What an interview that came back is about; of one that was filled elsewhere its answers say it. */
export function subjectOf({ entry, report }: Work, { entries, formOf }: Phone): About {
  const own = entry ?? entries.find(({ id }) => report?.instance_id === `uuid:${id}`);
  if (own?.about) return own.about;
  const model = report && formOf(report.form, report.version);
  return model && report.answers ? aboutOf(model, report.answers) : {};
}
