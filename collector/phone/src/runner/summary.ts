/** What a form or a member is called in a list: pure, from its own first answers. */

import type { Inst } from "../engine/instance.ts";
import type { Interview } from "../engine/interview.ts";
import { shownDecimal } from "./controls/numbers.ts";

const MOST_PARTS = 3;
const LONGEST_PART = 40;
/** The dot stays with what stands before it. */
const DOT = "\u00a0· ";

/** Up to three answers that a person would recognise it by, such as "Chủ hộ · Nữ · 1983". */
export function summaryOf(interview: Interview, container: Inst, language: string): string {
  const parts: string[] = [];
  for (const inst of asked(container)) {
    const text = answerText(interview, inst, language);
    if (text) parts.push(text.length > LONGEST_PART ? `${text.slice(0, LONGEST_PART)}…` : text);
    if (parts.length === MOST_PARTS) break;
  }
  return parts.join(DOT);
}

/** A form's own name (instanceName), else its household, or the month and village that its sheet names. */
export function formSummary(interview: Interview, language: string): string {
  const named = interview.find(`/${interview.model.root}/meta/instanceName`)?.value;
  if (named) return named;
  const { about = {} } = interview.model;
  const leaves = [...allAsked(interview.root)];
  const read = (key: string): string => {
    const leaf = leaves.find((inst) => about[key] !== undefined && inst.name === about[key]);
    return leaf ? answerText(interview, leaf, language) : "";
  };
  const parts = about["household"] ? [read("household")] : [read("period"), read("village")];
  return parts.filter(Boolean).join(DOT) || summaryOf(interview, interview.root, language);
}

/** Questions of a container itself, not of the repeats in it. */
function* asked(container: Inst): Generator<Inst> {
  for (const inst of allAsked(container)) if (inst.def.kind === "question" && inst.relevant && !inst.def.on_device) yield inst;
}

function* allAsked(container: Inst): Generator<Inst> {
  for (const insts of container.slots.values()) {
    for (const inst of insts) {
      if (inst.def.kind === "group") yield* allAsked(inst);
      else if (inst.def.kind !== "repeat") yield inst;
    }
  }
}

/** What the person at the phone calls a member: its first text that stays on the phone; "" for none. */
export function calledName(container: Inst): string {
  for (const { def, value } of allAsked(container)) if (def.on_device && def.kind === "question" && def.type === "text" && value) return value;
  return "";
}

/** An answer as a person reads it: choices by their labels. */
export function answerText(interview: Interview, inst: Inst, language: string): string {
  const { def, value } = inst;
  if (!value || !def.choices) return shownDecimal(value, language);
  const codes = def.type === "select_multiple" ? value.split(" ") : [value];
  return codes.map((code) => interview.text(interview.choice(def, code)?.label ?? code, language, inst)).join(", ");
}

/** Whether anybody has answered anything in a member yet. */
export function isUntouched(member: Inst): boolean {
  for (const inst of asked(member)) if (inst.raw !== (inst.def.default ?? "")) return false;
  return !calledName(member);
}

/** Remove the little Markdown of a label, for places that show plain text. */
export function plainText(text: string): string {
  return text.replace(/\*\*|__|^#+\s+/gm, "").replace(/\s+/g, " ").trim();
}
