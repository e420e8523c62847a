/** Small forms for the tests, and an interview over them. */

import { Interview, type Surroundings } from "../src/engine/interview.ts";
import type { Inst } from "../src/engine/instance.ts";
import type { Answers, Media, Model, ModelNode, Tree } from "../src/engine/model.ts";

export const NOW = "2026-11-22T08:30:00.000";

export function model(nodes: readonly ModelNode[], more: Partial<Model> = {}): Model {
  return {
    form: "t",
    version: "1",
    title: { vi: "T", en: "T" },
    languages: ["vi", "en"],
    root: "data",
    nodes,
    lists: {},
    ...more,
  };
}

export function question(name: string, type: string, more: Partial<ModelNode> = {}): ModelNode {
  return { name, kind: "question", type, ...more };
}

export function calculate(name: string, tree: Tree, more: Partial<ModelNode> = {}): ModelNode {
  return { name, kind: "calculate", type: "text", calculate: tree, ...more };
}

export function group(name: string, children: readonly ModelNode[], more: Partial<ModelNode> = {}): ModelNode {
  return { name, kind: "group", children, ...more };
}

export function repeat(name: string, children: readonly ModelNode[], more: Partial<ModelNode> = {}): ModelNode {
  return { name, kind: "repeat", children, ...more };
}

/** An absolute path below /data: `at("member", "age")`. */
export const at = (...steps: Tree[]): Tree => ["path", "/", "data", ...steps];
/** A relative path: `from("..", "age")`. */
export const from = (...steps: Tree[]): Tree => ["path", ".", ...steps];
export const call = (name: string, ...args: Tree[]): Tree => ["call", name, ...args];

let uuids = 0;

export function open(form: Model, media: Media = {}, answers?: Answers, more: Partial<Surroundings> = {}): Interview {
  const around: Surroundings = {
    now: () => new Date(NOW),
    uuid: () => `uuid-${++uuids}`,
    random: () => 0.25,
    device: "phone:1",
    user: "lan",
    instanceId: "uuid:1",
    ...more,
  };
  return new Interview(form, media, around, answers);
}

/** The node at a path that must be there. */
export function node(interview: Interview, path: string): Inst {
  const inst = interview.find(path);
  if (!inst) throw new Error(`no node at ${path}`);
  return inst;
}

export function put(interview: Interview, path: string, value: string): void {
  interview.answer(node(interview, path), value);
}

export const value = (interview: Interview, path: string): string => node(interview, path).value;

/** The value of an expression that stands at /data/x of a form with these answers. */
export function result(tree: Tree, answers: Answers = {}, nodes: readonly ModelNode[] = [], media: Media = {}, more: Partial<Model> = {}): string {
  const known = Object.keys(answers).filter((name) => !nodes.some((def) => def.name === name));
  const form = model([...known.map((name) => question(name, "text")), ...nodes, calculate("x", tree)], more);
  return value(open(form, media, answers), "/data/x");
}
