/** What is wrong with the answers: the same rules, in the same order, as the server's check. */

import type { ChoiceLists } from "./choices.ts";
import { contextAt, evaluate, type World } from "./evaluate.ts";
import { isContainer, pathOf, walk, type Inst } from "./instance.ts";
import type { Text, Tree } from "./model.ts";
import { daysOf, toBoolean } from "./values.ts";

export type FaultCode = "required" | "type" | "choice" | "constraint";

export interface Fault {
  readonly code: FaultCode;
  readonly path: string;
  readonly inst: Inst;
  /** The sheet's own message, where it has one. */
  readonly message: Text | undefined;
}

const INTEGER = /^[+-]?\d{1,15}$/;
const DECIMAL = /^[+-]?(\d{1,15}([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,2})?$/;
const CLOCK = "([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d([.,]\\d{1,9})?)?(Z|[+-](0\\d|1[0-4])(:?[0-5]\\d)?)?";
const TIME = new RegExp(`^${CLOCK}$`);
const DATETIME = new RegExp(`^\\d{4}-\\d\\d-\\d\\dT${CLOCK}$`);
const LONGEST_TEXT = 50_000;

/** A day of the calendar; a time after it is cut off. */
function isDate(text: string): boolean {
  const day = text.split("T", 1)[0] ?? "";
  return day.length === 10 && !Number.isNaN(daysOf(day)) && (!text.includes("T") || DATETIME.test(text));
}

const isText = (text: string): boolean => text.length <= LONGEST_TEXT;

/** Whether a text can be an answer of that type: forms/question_types.py. */
export const TYPES: Readonly<Record<string, (text: string) => boolean>> = {
  text: isText,
  note: isText,
  integer: (text) => INTEGER.test(text),
  decimal: (text) => DECIMAL.test(text),
  range: (text) => DECIMAL.test(text),
  date: isDate,
  time: (text) => TIME.test(text),
  dateTime: isDate,
  select_one: (text) => text.trim().split(/\s+/).length === 1,
  acknowledge: (text) => text === "OK",
};

/** Every fault of what counts, in document order: questions, and calculated values of a wrong type. */
export function faultsOf(world: World, lists: ChoiceLists, root: Inst): Fault[] {
  const faults: Fault[] = [];
  for (const inst of walk(root)) if (!isContainer(inst.def)) faults.push(...faultsAt(world, lists, inst));
  return faults;
}

/** The faults of one node, the first of which is shown. */
export function faultsAt(world: World, lists: ChoiceLists, inst: Inst): Fault[] {
  const { def } = inst;
  if (!inst.relevant) return [];
  const found = (code: FaultCode, message?: Text): Fault => ({ code, path: pathOf(inst), inst, message });
  const free = holds(world, inst, def.readonly) || def.kind !== "question";
  if (inst.raw === "") {
    return !free && holds(world, inst, def.required) ? [found("required", def.required_msg)] : [];
  }
  if (TYPES[def.type ?? ""]?.(inst.raw) === false) return [found("type")];
  const faults = inChoices(lists, inst) ? [] : [found("choice")];
  const broken = !free && def.constraint !== undefined && !holds(world, inst, def.constraint);
  return broken ? [...faults, found("constraint", def.constraint_msg)] : faults;
}

/** Whether a condition of the node holds now. */
export function holds(world: World, inst: Inst, condition: Tree | true | undefined): boolean {
  if (condition === undefined || condition === true) return condition === true;
  return toBoolean(evaluate(condition, contextAt(world, inst)));
}

/** Whether every code is a choice now, and none stands twice. */
function inChoices(lists: ChoiceLists, inst: Inst): boolean {
  if (!inst.def.choices) return true;
  const names = new Set(lists.of(inst).map((choice) => choice.name));
  const chosen = inst.raw.split(/\s+/).filter(Boolean);
  return chosen.every((name, i) => names.has(name) && chosen.indexOf(name) === i);
}
