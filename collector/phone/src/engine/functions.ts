/** The functions of ODK XPath that a form may use; the names are those of forms/expressions.py. */

import { dateTexts } from "./dates.ts";
import { evaluate, type Context } from "./evaluate.ts";
import type { Tree, TreeList } from "./model.ts";
import {
  decimalDateTime,
  isNodes,
  localDate,
  localDateTime,
  numberText,
  parseNumber,
  toBoolean,
  toDate,
  toNumber,
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

/** The numbers among the arguments; blanks and words are skipped, as ODK Collect does. */
const amounts = (args: readonly Tree[], at: Context): number[] =>
  flat(args, at)
    .map(toNumber)
    .filter((n) => !Number.isNaN(n));

function nodeSet(arg: Tree | undefined, at: Context): readonly XNode[] {
  const value = arg === undefined ? [] : evaluate(arg, at);
  return isNodes(value) ? value : [];
}

/** Half up, also below zero (round(-2.5) is -2); decimal places as written in decimal. */
function round(value: number, places = 0): number {
  if (!Number.isFinite(value)) return value;
  const digits = Math.trunc(places);
  if (Number.isNaN(digits) || Math.abs(digits) > 30) return NaN;
  // Shifting the mark in the text, not multiplying: 1.005 is then a half at two places.
  const shifted = Number(`${numberText(value)}e${digits}`);
  const whole = Math.floor(shifted);
  return Number(`${numberText(shifted - whole >= 0.5 ? whole + 1 : whole)}e${-digits}`);
}

/** As C's pow: 1 to any power is 1. */
const power = (base: number, exponent: number): number => (base === 1 ? 1 : base ** exponent);

const PATTERNS = new Map<string, RegExp>();

/** A full match, as ODK Collect does (the standard's engines search). */
function matches(text: string, pattern: string): boolean {
  let compiled = PATTERNS.get(pattern);
  if (!compiled) PATTERNS.set(pattern, (compiled = new RegExp(`^(?:${pattern})$`)));
  return compiled.test(text);
}

/** Position of a node among its siblings of that name, counted from 1. */
function positionOf(node: XNode | undefined): number {
  return node ? Math.max(1, (node.parent?.step(node.name).indexOf(node) ?? 0) + 1) : NaN;
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
    if (index !== undefined) nodes = Number.isInteger(index) && index > 0 ? nodes.slice(index - 1, index) : [];
    else if (nodes.length > 1) nodes = ownOf(nodes, at);
  }
  return nodes[0]?.value ?? "";
}

function ownOf(nodes: readonly XNode[], at: Context): readonly XNode[] {
  for (let node: XNode | null = at.node; node; node = node.parent) {
    if (nodes.includes(node)) return [node];
  }
  return nodes.slice(0, 1);
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
  const [min, max] = [toNumber(evaluate(low!, at)), toNumber(evaluate(high!, at))];
  const yes = answers.flatMap((arg) => {
    const value = evaluate(arg, at);
    return (isNodes(value) ? value.map((node) => node.value) : [value]).filter((one) => toBoolean(one));
  }).length;
  return (min < 0 || yes >= min) && (max < 0 || yes <= max);
}

function pulldata(args: readonly Tree[], at: Context): Value {
  const [file = "", column = "", keyColumn = "", key = ""] = args.map((arg) => toText(evaluate(arg, at)));
  const rows = at.world.instance(file.replace(/\.csv$/, ""))?.step("root")[0]?.step("item") ?? [];
  const row = rows.find((item) => item.step(keyColumn)[0]?.value === key);
  return row?.step(column)[0]?.value ?? "";
}

function choiceName([value, path]: readonly Tree[], at: Context): string {
  const code = toText(evaluate(value!, at));
  return code && at.world.choiceName(code, toText(evaluate(path!, at)).trim(), at.node);
}

/** decimal-date-time of a moment; a number, and a text that is one, stays what it is. */
function decimal(value: Value): number {
  if (typeof value === "number") return value;
  const text = toText(value);
  return text.indexOf("-", 1) > 0 ? decimalDateTime(text) : parseNumber(text);
}

function formatDate([date, format]: readonly Tree[], at: Context): string {
  const value = evaluate(date!, at);
  const text = typeof value === "number" || typeof value === "boolean" ? toDate(value) : toText(value);
  return dateTexts(text, toText(evaluate(format!, at)));
}

export const FUNCTIONS: Readonly<Record<string, XFunction>> = {
  true: () => true,
  false: () => false,
  not: ([x], at) => !toBoolean(evaluate(x!, at)),
  boolean: ([x], at) => toBoolean(evaluate(x!, at)),
  if: ([test, yes, no], at) => evaluate(toBoolean(evaluate(test!, at)) ? yes! : no!, at),
  coalesce: (args, at) => args.map((arg) => toText(evaluate(arg, at))).find((text) => text && text !== "NaN") ?? "",
  once: ([x], at) => at.origin.value || toText(evaluate(x!, at)),

  string: texts((text) => text),
  number: numbers((n) => n),
  int: numbers(Math.trunc),
  round: numbers(round),
  abs: numbers(Math.abs),
  floor: numbers(Math.floor),
  ceiling: numbers(Math.ceil),
  pow: numbers(power),

  concat: (args, at) => flat(args, at).join(""),
  join: ([glue, ...rest], at) => flat(rest, at).join(toText(evaluate(glue!, at))),
  "string-length": (args, at) => [...(args.length ? toText(evaluate(args[0]!, at)) : at.node.value)].length,
  substr: ([text, from, to], at) =>
    [...toText(evaluate(text!, at))]
      .slice(toNumber(evaluate(from!, at)), to === undefined ? undefined : toNumber(evaluate(to, at)))
      .join(""),
  contains: texts((text, part = "") => text.includes(part)),
  "starts-with": texts((text, part = "") => text.startsWith(part)),
  "ends-with": texts((text, part = "") => text.endsWith(part)),
  regex: texts((text, pattern = "") => matches(text, pattern)),

  selected: texts((list, code = "") => words(list).includes(code.trim())),
  "selected-at": ([list, index], at) =>
    words(toText(evaluate(list!, at)))[Math.trunc(toNumber(evaluate(index!, at)))] ?? "",
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
  "decimal-date-time": ([x], at) => decimal(evaluate(x!, at)),
  "format-date": formatDate,
  "format-date-time": formatDate,

  uuid: (_, at) => at.world.uuid(),
  random: (_, at) => at.world.random(),
  instance: ([id], at) => {
    const root = at.world.instance(toText(evaluate(id!, at)));
    return root ? [root] : [];
  },
  pulldata,
  "jr:choice-name": choiceName,
  "jr:itext": ([id], at) => at.world.itext(toText(evaluate(id!, at))),
};

function extreme(values: number[], pick: (...values: number[]) => number): number {
  return values.length ? pick(...values) : NaN;
}

/** What a node of a type holds for a calculated value: whole for integers, a day for dates; NaN is nothing. */
export function stored(value: Value, type = ""): string {
  if (type === "integer" || type === "decimal" || type === "range") {
    const n = toNumber(value);
    return Number.isNaN(n) ? "" : numberText(type === "integer" ? Math.trunc(n) : n);
  }
  if (type === "date") return toDate(value);
  return typeof value === "number" && Number.isNaN(value) ? "" : toText(value);
}
