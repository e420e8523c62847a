/** Where the sounds and pictures of labels stand in an interview; their code comes late. */

import type { JSX } from "preact";
import type { Choice } from "../engine/choices.ts";
import type { Inst } from "../engine/instance.ts";
import type { Interview } from "../engine/interview.ts";
import type { ModelNode } from "../engine/model.ts";
import { t } from "../text/i18n.ts";
import { later } from "../ui/later.tsx";
import { before, type Screen } from "./flow.ts";
import { plainText } from "./summary.ts";

const NotYet = (): JSX.Element => <span class="quiet block">{t("loading")}</span>;
const Files = later(async () => (await import("../screens/more.ts")).Beside, NotYet);

interface Place {
  readonly interview: Interview;
  readonly language: string;
}

/** What stands beside the label of a question, a note, a group or a repeat. */
export function BesideLabel({ interview, language, def, inst }: Place & { readonly def: ModelNode; readonly inst: Inst }): JSX.Element | null {
  if (!def.media) return null;
  const label = plainText(interview.text(def.label, language, inst));
  return <Files model={interview.model} files={def.media} language={language} label={label} of={def.kind === "question" ? "question" : "part"} />;
}

/** On the first screen of a group, and above the list of a repeat's members: what stands beside their labels. */
export function BesideGroups({ interview, language, screen }: Place & { readonly screen: Screen }): JSX.Element | null {
  const groups = screen.groups.filter(({ def }) => def.media);
  const behind = groups.length ? before(interview, screen)?.groups : undefined;
  const begun = groups.filter((group) => !behind?.includes(group)).map((group) => ({ def: group.def, inst: group }));
  const all = screen.repeat?.media ? [...begun, { def: screen.repeat, inst: screen.parent! }] : begun;
  return all.length ? <div class="heard">{all.map((one) => <BesideLabel key={one.def.name} interview={interview} language={language} {...one} />)}</div> : null;
}

/** What stands beside a choice: its picture, or its sound. */
export function besideChoice({ interview, language }: Place, choice: Choice, label: string, only: "audio" | "image"): JSX.Element | null {
  if (!choice.media?.[only]) return null;
  return <Files model={interview.model} files={choice.media} language={language} label={plainText(label)} of="choice" only={only} />;
}
