/** Evaluates the trees of docs/model.md. Pure: it reads nodes, and changes nothing. */

import { FUNCTIONS } from "./functions.ts";
import type { Tree, TreeList } from "./model.ts";
import { isNodes, sameNumber, toBoolean, toNumber, toText, type Value, type XNode } from "./values.ts";

/** What an evaluation may ask of the form around it. */
export interface World {
  /** The root element of the instance. */
  readonly root: XNode;
  /** One reading of the clock for a whole evaluation. */
  readonly now: Date;
  /** The root of a secondary instance (a media file or a choice list), or undefined. */
  instance(id: string): XNode | undefined;
  /** The label of a choice of the question that `path` names as seen from `from`. */
  choiceName(value: string, path: string, from: XNode): string;
  /** The text of an itext id, as pyxform names them; "" for none. */
  itext(id: string): string;
  uuid(): string;
  random(): number;
}

/** Where an expression stands: `.`, `current()`, and its place in a predicate's node set. */
export interface Context {
  readonly world: World;
  readonly node: XNode;
  readonly origin: XNode;
  readonly position: number;
  readonly size: number;
}

export function contextAt(world: World, node: XNode): Context {
  return { world, node, origin: node, position: 1, size: 1 };
}

export function evaluate(tree: Tree, at: Context): Value {
  if (typeof tree !== "object") return tree;
  const op = tree[0] as string;
  if (op === "path") return path(tree, at);
  if (op === "call") return call(tree, at);
  if (op === "neg") return -toNumber(evaluate(tree[1]!, at));
  const operator = OPERATORS[op];
  if (!operator) throw new Error(`the model uses an operator that this runner does not have: ${op}`);
  return operator(tree[1]!, tree[2]!, at);
}

function call(tree: TreeList, at: Context): Value {
  const name = tree[1] as string;
  const fn = FUNCTIONS[name];
  if (!fn) throw new Error(`the model uses a function that this runner does not have: ${name}`);
  return fn(tree.slice(2), at);
}

type Operator = (left: Tree, right: Tree, at: Context) => Value;

const OPERATORS: Record<string, Operator> = {
  or: (a, b, at) => toBoolean(evaluate(a, at)) || toBoolean(evaluate(b, at)),
  and: (a, b, at) => toBoolean(evaluate(a, at)) && toBoolean(evaluate(b, at)),
  "=": (a, b, at) => equal(evaluate(a, at), evaluate(b, at)),
  "!=": (a, b, at) => !equal(evaluate(a, at), evaluate(b, at)),
  "<": compare((a, b) => a < b),
  "<=": compare((a, b) => a <= b),
  ">": compare((a, b) => a > b),
  ">=": compare((a, b) => a >= b),
  "+": compare((a, b) => a + b),
  "-": compare((a, b) => a - b),
  "*": compare((a, b) => a * b),
  div: compare((a, b) => a / b),
  mod: compare((a, b) => a % b),
  "|": (a, b, at) => union(evaluate(a, at), evaluate(b, at)),
};

function compare(fn: (a: number, b: number) => Value): Operator {
  return (a, b, at) => fn(toNumber(evaluate(a, at)), toNumber(evaluate(b, at)));
}

/** `=`: as booleans if either is one, as numbers if either is one, else as texts. */
export function equal(a: Value, b: Value): boolean {
  if (typeof a === "boolean" || typeof b === "boolean") return toBoolean(a) === toBoolean(b);
  if (typeof a === "number" || typeof b === "number") return sameNumber(toNumber(a), toNumber(b));
  return toText(a) === toText(b);
}

function union(a: Value, b: Value): readonly XNode[] {
  if (!isNodes(a) || !isNodes(b)) throw new Error("| stands between two paths");
  return [...a, ...b.filter((node) => !a.includes(node))];
}

/** ["path", START, STEP…] */
function path(tree: TreeList, at: Context): readonly XNode[] {
  const start = tree[1]!;
  if (start === "/") return absolute(tree, at);
  let nodes = start === "." ? [at.node] : start === "current" ? [at.origin] : startOf(start, at);
  for (let i = 2; i < tree.length; i++) nodes = step(nodes, tree[i]!, at);
  return nodes;
}

function startOf(tree: Tree, at: Context): readonly XNode[] {
  const value = evaluate(tree, at);
  return isNodes(value) ? value : [];
}

/** From the root; a repeat in which the context sits means the context's own instance. */
function absolute(tree: TreeList, at: Context): readonly XNode[] {
  const chain = ancestors(at.node);
  const own = chain[chain.length - 1] === at.world.root ? chain : ancestors(at.origin);
  if (nameOf(tree[2]!) !== at.world.root.name) return [];
  let nodes: readonly XNode[] = [at.world.root];
  let plain = true; // a predicate ends it: what was chosen on purpose stays chosen
  for (let i = 3; i < tree.length; i++) {
    plain = plain && typeof tree[i] === "string";
    nodes = step(nodes, tree[i]!, at);
    if (plain && i < tree.length - 1 && nodes.length > 1) {
      const mine = nodes.find((node) => own.includes(node));
      if (mine) nodes = [mine];
    }
  }
  return nodes;
}

function nameOf(step: Tree): string {
  return typeof step === "object" ? (step[0] as string) : String(step);
}

function ancestors(node: XNode): XNode[] {
  const chain: XNode[] = [];
  for (let n: XNode | null = node; n; n = n.parent) chain.push(n);
  return chain;
}

function step(nodes: readonly XNode[], step: Tree, at: Context): readonly XNode[] {
  const name = nameOf(step);
  if (name === ".") return typeof step === "object" ? keep(nodes, step, at) : nodes;
  const found =
    name === ".." ? parents(nodes) : nodes.length === 1 ? nodes[0]!.step(name) : nodes.flatMap((n) => n.step(name));
  return typeof step === "object" ? keep(found, step, at) : found;
}

function parents(nodes: readonly XNode[]): readonly XNode[] {
  const found = new Set<XNode>();
  for (const node of nodes) if (node.parent) found.add(node.parent);
  return [...found];
}

/** Those of `nodes` for which every predicate of the step holds; a number means a position. */
function keep(nodes: readonly XNode[], step: TreeList, at: Context): readonly XNode[] {
  let kept = nodes;
  for (const predicate of step.slice(1)) {
    const size = kept.length;
    kept = kept.filter((node, i) => {
      const value = evaluate(predicate, { ...at, node, position: i + 1, size });
      return typeof value === "number" ? value === i + 1 : toBoolean(value);
    });
  }
  return kept;
}
