/** What is wrong with the answers: the same rules, in the same order, as the server's check. */

import type { ChoiceLists } from "./choices.ts";
import { contextAt, evaluate, type World } from "./evaluate.ts";
import { isContainer, pathOf, walk, type Inst } from "./instance.ts";
import type { Text, Tree } from "./model.ts";
import { daysOf, parseNumber, toBoolean } from "./values.ts";

export type FaultCode = "required" | "type" | "choice" | "constraint";

export interface Fault {
  readonly code: FaultCode;
  readonly path: string;
  readonly inst: Inst;
  /** The sheet's own message, where it has one. */
  readonly message: Text | undefined;
}

const INTEGER = /^[+-]?\d{1,18}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;

const isDate = (text: string): boolean => text.length === 10 && !Number.isNaN(daysOf(text));

/** Whether a text can be an answer of that type. Types that are not here take any text. */
export const TYPES: Readonly<Record<string, (text: string) => boolean>> = {
  integer: (text) => INTEGER.test(text),
  decimal: (text) => !Number.isNaN(parseNumber(text)),
  range: (text) => !Number.isNaN(parseNumber(text)),
  date: isDate,
  time: (text) => TIME.test(text),
  dateTime: (text) => !Number.isNaN(daysOf(text)) && text.length > 10,
  acknowledge: (text) => text === "OK",
};

/** Every fault of the questions that count, in document order. */
export function faultsOf(world: World, lists: ChoiceLists, root: Inst): Fault[] {
  const faults: Fault[] = [];
  for (const inst of walk(root)) {
    const fault = inst.relevant && inst.def.kind === "question" ? faultOf(world, lists, inst) : undefined;
    if (fault) faults.push(fault);
  }
  return faults;
}

/** The one fault of a question, or undefined. */
export function faultOf(world: World, lists: ChoiceLists, inst: Inst): Fault | undefined {
  const { def } = inst;
  if (isContainer(def) || !inst.relevant || holds(world, inst, def.readonly)) return undefined;
  const found = (code: FaultCode, message?: Text): Fault => ({ code, path: pathOf(inst), inst, message });
  if (inst.raw === "") {
    return holds(world, inst, def.required) ? found("required", def.required_msg) : undefined;
  }
  if (TYPES[def.type ?? ""]?.(inst.raw) === false) return found("type");
  if (!inChoices(lists, inst)) return found("choice");
  if (def.constraint !== undefined && !holds(world, inst, def.constraint)) {
    return found("constraint", def.constraint_msg);
  }
  return undefined;
}

/** Whether a condition of the node holds now. */
export function holds(world: World, inst: Inst, condition: Tree | true | undefined): boolean {
  if (condition === undefined || condition === true) return condition === true;
  return toBoolean(evaluate(condition, contextAt(world, inst)));
}

function inChoices(lists: ChoiceLists, inst: Inst): boolean {
  if (!inst.def.choices) return true;
  const names = new Set(lists.of(inst).map((choice) => choice.name));
  const chosen = inst.def.type === "select_multiple" ? inst.raw.split(" ") : [inst.raw];
  return chosen.every((name) => names.has(name));
}
