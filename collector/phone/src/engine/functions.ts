/** The functions of ODK XPath that a form may use; the names are those of forms/expressions.py. */

import { dateTexts } from "./dates.ts";
import { evaluate, type Context } from "./evaluate.ts";
import type { Tree, TreeList } from "./model.ts";
import {
  dateOfDays,
  daysOf,
  isNodes,
  localDate,
  localDateTime,
  numberText,
  toBoolean,
  toNumber,
  toQuantity,
  toText,
  type Value,
  type XNode,
} from "./values.ts";

/** A function gets its arguments unevaluated, so that `if` and `once` need not evaluate all. */
export type XFunction = (args: readonly Tree[], at: Context) => Value;

const texts = (fn: (...words: string[]) => Value): XFunction => (args, at) =>
  fn(...args.map((arg) => toText(evaluate(arg, at))));

const numbers = (fn: (...values: number[]) => Value): XFunction => (args, at) =>
  fn(...args.map((arg) => toNumber(evaluate(arg, at))));

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** Every argument's text, a node set giving one for each of its nodes. */
function flat(args: readonly Tree[], at: Context): string[] {
  return args.flatMap((arg) => {
    const value = evaluate(arg, at);
    return isNodes(value) ? value.map((node) => node.value) : [toText(value)];
  });
}

/** The numbers among the arguments; blanks are skipped, as ODK Collect does. */
const amounts = (args: readonly Tree[], at: Context): number[] =>
  flat(args, at)
    .filter((text) => text.trim() !== "")
    .map(toNumber);

function nodeSet(arg: Tree | undefined, at: Context): readonly XNode[] {
  const value = arg === undefined ? [] : evaluate(arg, at);
  return isNodes(value) ? value : [];
}

/** Half up at `digits` decimal places: round(-2.5) is -2. */
function round(value: number, digits = 0): number {
  if (!Number.isFinite(value) || Number.isNaN(digits)) return value;
  if (digits === 0) return Math.floor(value + 0.5);
  const scale = 10 ** Math.abs(Math.trunc(digits));
  const scaled = digits > 0 ? Number((value * scale).toPrecision(15)) : value / scale;
  return digits > 0 ? Math.floor(scaled + 0.5) / scale : Math.floor(scaled + 0.5) * scale;
}

const PATTERNS = new Map<string, RegExp>();

/** A full match, as ODK Collect does (the standard's engines search). */
function matches(text: string, pattern: string): boolean {
  let compiled = PATTERNS.get(pattern);
  if (!compiled) PATTERNS.set(pattern, (compiled = new RegExp(`^(?:${pattern})$`)));
  return compiled.test(text);
}

/** Position of a node among its siblings of that name, counted from 1. */
function positionOf(node: XNode | undefined): number {
  return node ? (node.parent?.step(node.name).indexOf(node) ?? 0) + 1 : NaN;
}

/** indexed-repeat(value, repeat, index, …): the value in the index-th instance of the repeat. */
function indexedRepeat(args: readonly Tree[], at: Context): Value {
  const target = namesOf(args[0]!, at);
  const chosen = new Map<string, number>();
  for (let i = 1; i + 1 < args.length; i += 2) {
    chosen.set(namesOf(args[i]!, at).join("/"), toNumber(evaluate(args[i + 1]!, at)));
  }
  let nodes: readonly XNode[] = [at.world.root];
  for (let depth = 1; depth < target.length; depth++) {
    const index = chosen.get(target.slice(0, depth + 1).join("/"));
    nodes = nodes.flatMap((node) => node.step(target[depth]!));
    if (index !== undefined) nodes = nodes.slice(index - 1, index);
    else if (nodes.length > 1) nodes = ownOf(nodes, at);
  }
  return nodes;
}

function ownOf(nodes: readonly XNode[], at: Context): readonly XNode[] {
  for (let node: XNode | null = at.node; node; node = node.parent) {
    if (nodes.includes(node)) return [node];
  }
  return nodes;
}

/** The element names from the root that a path tree walks, instance numbers aside. */
function namesOf(tree: Tree, at: Context): string[] {
  const [, start, ...steps] = tree as TreeList;
  const names: string[] = [];
  if (start !== "/") {
    for (let node: XNode | null = start === "current" ? at.origin : at.node; node; node = node.parent) {
      names.unshift(node.name);
    }
  }
  for (const step of steps) {
    const name = typeof step === "object" ? String(step[0]) : String(step);
    if (name === "..") names.pop();
    else if (name !== ".") names.push(name);
  }
  return names;
}

/** checklist(min, max, answer…): how many answers are true lies in the range (-1: no bound). */
function checklist([low, high, ...answers]: readonly Tree[], at: Context): boolean {
  const bound = (arg: Tree | undefined): number => (arg === undefined ? -1 : toNumber(evaluate(arg, at)));
  const yes = answers.filter((arg) => toBoolean(evaluate(arg, at))).length;
  const [min, max] = [bound(low), bound(high)];
  return (min < 0 || yes >= min) && (max < 0 || yes <= max);
}

function pulldata(args: readonly Tree[], at: Context): Value {
  const [file = "", column = "", keyColumn = "", key = ""] = args.map((arg) => toText(evaluate(arg, at)));
  const rows = at.world.instance(file)?.step("root")[0]?.step("item") ?? [];
  const row = rows.find((item) => item.step(keyColumn)[0]?.value === key);
  return row?.step(column)[0]?.value ?? "";
}

function toDate(value: Value): string {
  if (typeof value === "number") return dateOfDays(value);
  const text = toText(value);
  return Number.isNaN(daysOf(text)) ? "" : text.slice(0, 10);
}

function choiceName([value, path]: readonly Tree[], at: Context): string {
  const code = toText(evaluate(value!, at));
  return code && at.world.choiceName(code, toText(evaluate(path!, at)).trim(), at.node);
}

export const FUNCTIONS: Readonly<Record<string, XFunction>> = {
  true: () => true,
  false: () => false,
  not: ([x], at) => !toBoolean(evaluate(x!, at)),
  boolean: ([x], at) => toBoolean(evaluate(x!, at)),
  if: ([test, yes, no], at) => evaluate(toBoolean(evaluate(test!, at)) ? yes! : no!, at),
  coalesce: (args, at) => args.map((arg) => toText(evaluate(arg, at))).find(Boolean) ?? "",
  once: ([x], at) => at.node.value || evaluate(x!, at),

  string: texts((text) => text),
  number: ([x], at) => toQuantity(evaluate(x!, at)),
  int: numbers(Math.trunc),
  round: numbers(round),
  abs: numbers(Math.abs),
  floor: numbers(Math.floor),
  ceiling: numbers(Math.ceil),
  pow: numbers((base, exponent) => base ** exponent),

  concat: (args, at) => flat(args, at).join(""),
  join: ([glue, ...rest], at) => flat(rest, at).join(toText(evaluate(glue!, at))),
  "string-length": texts((text) => [...text].length),
  substr: ([text, from, to], at) =>
    toText(evaluate(text!, at)).slice(
      toNumber(evaluate(from!, at)),
      to === undefined ? undefined : toNumber(evaluate(to, at)),
    ),
  contains: texts((text, part = "") => text.includes(part)),
  "starts-with": texts((text, part = "") => text.startsWith(part)),
  "ends-with": texts((text, part = "") => text.endsWith(part)),
  regex: texts((text, pattern = "") => matches(text, pattern)),

  selected: texts((list, code = "") => words(list).includes(code.trim())),
  "selected-at": ([list, index], at) =>
    words(toText(evaluate(list!, at)))[toNumber(evaluate(index!, at))] ?? "",
  "count-selected": texts((list) => words(list).length),
  checklist,

  count: ([set], at) => nodeSet(set, at).length,
  "count-non-empty": ([set], at) => nodeSet(set, at).filter((node) => node.value !== "").length,
  sum: (args, at) => amounts(args, at).reduce((total, n) => total + n, 0),
  min: (args, at) => extreme(amounts(args, at), Math.min),
  max: (args, at) => extreme(amounts(args, at), Math.max),
  position: (args, at) => (args.length ? positionOf(nodeSet(args[0], at)[0]) : at.position),
  "indexed-repeat": indexedRepeat,

  today: (_, at) => localDate(at.world.now),
  now: (_, at) => localDateTime(at.world.now),
  date: ([x], at) => toDate(evaluate(x!, at)),
  "decimal-date-time": ([x], at) => toQuantity(evaluate(x!, at)),
  "format-date": texts((date, format = "") => dateTexts(date, format)),
  "format-date-time": texts((date, format = "") => dateTexts(date, format)),

  uuid: (_, at) => at.world.uuid(),
  random: (_, at) => at.world.random(),
  instance: ([id], at) => {
    const root = at.world.instance(toText(evaluate(id!, at)));
    return root ? [root] : [];
  },
  pulldata,
  "jr:choice-name": choiceName,
};

function extreme(values: number[], pick: (...values: number[]) => number): number {
  return values.length ? pick(...values) : NaN;
}

/** What a node stores for a value: NaN is no answer. */
export function stored(value: Value): string {
  return typeof value === "number" && Number.isNaN(value) ? "" : typeof value === "number" ? numberText(value) : toText(value);
}
