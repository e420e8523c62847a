/** The tree of answers that is being filled. */

import type { Answers, Model, ModelNode } from "./model.ts";
import type { XNode } from "./values.ts";

const NONE: readonly Inst[] = [];

/** One node of the instance. A repeat has one Inst for each of its instances. */
export class Inst implements XNode {
  readonly def: ModelNode;
  readonly parent: Inst | null;
  /** The answer as typed or calculated, whether it counts at the moment or not. */
  raw = "";
  /** What the last calculation gave, where there is one. */
  computed: string | undefined;
  /** Whether the node counts: its own condition holds and so do all above it. */
  relevant = true;
  /** Children by name, in document order; a repeat's name holds all its instances. */
  readonly slots = new Map<string, Inst[]>();
  /** Instances that repeat_count dropped, kept for when the count grows again. */
  readonly spares = new Map<string, Inst[]>();
  /** A stand-in for each repeat, on which its conditions and count are evaluated. */
  readonly ghosts = new Map<string, Inst>();

  constructor(def: ModelNode, parent: Inst | null) {
    this.def = def;
    this.parent = parent;
  }

  get name(): string {
    return this.def.name;
  }

  get value(): string {
    return this.relevant ? this.raw : "";
  }

  step(name: string): readonly Inst[] {
    if (name === "*") return [...this.slots.values()].flat().filter(counts);
    const found = this.slots.get(name);
    if (!found) return NONE;
    return found.every(counts) ? found : found.filter(counts);
  }

  /** Children that are there, counting or not. */
  all(name: string): readonly Inst[] {
    return this.slots.get(name) ?? NONE;
  }
}

/** An irrelevant answer reads as ""; an irrelevant repeat instance is not there at all. */
function counts(inst: Inst): boolean {
  return inst.relevant || inst.def.kind !== "repeat";
}

export function isContainer(def: ModelNode): boolean {
  return def.kind === "group" || def.kind === "repeat";
}

/** A new instance of the whole form, with literal defaults and one instance of each open repeat. */
export function newInstance(model: Model): Inst {
  return fill(new Inst({ name: model.root, kind: "group", children: model.nodes }, null), null);
}

/** A new instance that holds `answers` and nothing else. */
export function instanceOf(model: Model, answers: Answers): Inst {
  return fill(new Inst({ name: model.root, kind: "group", children: model.nodes }, null), answers);
}

/** A new instance of a repeat, not yet among its siblings. */
export function newMember(def: ModelNode, parent: Inst): Inst {
  return fill(new Inst(def, parent), null);
}

function fill(inst: Inst, answers: Answers | null): Inst {
  for (const def of inst.def.children ?? []) {
    const answer = answers?.[def.name];
    if (def.kind === "repeat") fillRepeat(inst, def, answers);
    else inst.slots.set(def.name, [fillOne(new Inst(def, inst), answers ? (answer ?? "") : null)]);
  }
  return inst;
}

function fillOne(inst: Inst, answer: Answers[string] | null): Inst {
  if (isContainer(inst.def)) return fill(inst, answer === null ? null : asObject(answer));
  inst.raw = answer === null ? (inst.def.default ?? "") : typeof answer === "string" ? answer : "";
  return inst;
}

function fillRepeat(inst: Inst, def: ModelNode, answers: Answers | null): void {
  const ghost = new Inst(def, inst);
  inst.ghosts.set(def.name, ghost);
  const make = (answer: Answers | null): Inst => fill(new Inst(def, inst), answer);
  if (answers) {
    inst.slots.set(def.name, asList(answers[def.name]).map(make));
    inst.spares.set(def.name, asList(answers[spareKey(def.name)]).map(make));
  } else {
    inst.slots.set(def.name, def.count === undefined ? [make(null)] : []);
    inst.spares.set(def.name, []);
  }
}

const asObject = (answer: Answers[string]): Answers =>
  typeof answer === "object" && !Array.isArray(answer) ? answer : {};

const asList = (answer: Answers[string] | undefined): Answers[] =>
  Array.isArray(answer) ? answer : typeof answer === "object" ? [answer] : [];

/** No element name holds a "+", so this key meets no answer. */
const spareKey = (name: string): string => `${name}+`;

/** What is sent: the relevant part; blanks, `meta` and what stays on the phone are left out. */
export function answersOf(inst: Inst): Answers {
  return dump(inst, { keep: ({ def, relevant }) => relevant && !def.on_device && def.name !== "meta", spares: false });
}

/** The same with what stays on the phone, for an interview that may come back. */
export function ownAnswersOf(inst: Inst): Answers {
  return dump(inst, { keep: ({ def, relevant }) => relevant && def.name !== "meta", spares: false });
}

/** The paths of a form's questions whose answers stay on the phone. */
export function ownPaths(nodes: readonly ModelNode[], at: string): string[] {
  return nodes.flatMap((def) => {
    const path = `${at}/${def.name}`;
    return def.on_device ? [path] : ownPaths(def.children ?? [], path);
  });
}

/** Answers without those at `paths`: as `answersOf` gives them. */
export function without(answers: Answers, paths: readonly string[], at = `/${paths[0]?.split("/")[1] ?? ""}`): Answers {
  const kept: Answers = {};
  for (const [name, value] of Object.entries(answers)) {
    const path = `${at}/${name}`;
    if (paths.includes(path)) continue;
    if (typeof value === "string") kept[name] = value;
    else if (Array.isArray(value)) kept[name] = value.map((one) => without(one, paths, path));
    else {
      const group = without(value, paths, path);
      if (Object.keys(group).length) kept[name] = group;
    }
  }
  return kept;
}

/** What a draft keeps: every answer, counting or not. */
export function draftOf(inst: Inst): Answers {
  return dump(inst, { keep: () => true, spares: true });
}

interface Dump {
  readonly keep: (inst: Inst) => boolean;
  readonly spares: boolean;
}

function dump(inst: Inst, how: Dump): Answers {
  const answers: Answers = {};
  for (const [name, insts] of inst.slots) {
    const kept = insts.filter(how.keep);
    const first = kept[0];
    if (inst.ghosts.has(name)) {
      if (kept.length) answers[name] = kept.map((member) => dump(member, how));
      const spares = how.spares ? (inst.spares.get(name) ?? []) : [];
      if (spares.length) answers[spareKey(name)] = spares.map((member) => dump(member, how));
    } else if (first && isContainer(first.def)) {
      const group = dump(first, how);
      if (Object.keys(group).length) answers[name] = group;
    } else if (first && first.raw !== "" && first.def.kind !== "note") {
      answers[name] = first.raw;
    }
  }
  return answers;
}

/** `/data/member[2]/age`: repeats carry their position, counted from 1. */
export function pathOf(inst: Inst): string {
  if (!inst.parent) return `/${inst.name}`;
  const siblings = inst.parent.all(inst.name);
  const index = inst.def.kind === "repeat" ? `[${Math.max(0, siblings.indexOf(inst)) + 1}]` : "";
  return `${pathOf(inst.parent)}/${inst.name}${index}`;
}

/** The node at a path of pathOf's form, or undefined. A repeat without a number is its first. */
export function findPath(root: Inst, path: string): Inst | undefined {
  const [, first, ...steps] = path.split("/");
  let inst: Inst | undefined = first === root.name ? root : undefined;
  for (const step of steps) {
    const [, name = "", index = "1"] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
    inst = inst?.all(name)[Number(index) - 1];
  }
  return inst;
}

/** Every node below, in document order. */
export function* walk(inst: Inst): Generator<Inst> {
  for (const insts of inst.slots.values()) {
    for (const child of insts) {
      yield child;
      yield* walk(child);
    }
  }
}
