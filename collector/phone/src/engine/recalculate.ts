/** Relevance, calculations and repeat counts, brought to rest after each answer. */

import { contextAt, evaluate, type World } from "./evaluate.ts";
import { stored } from "./functions.ts";
import { isContainer, newMember, type Inst } from "./instance.ts";
import type { ModelNode, Tree } from "./model.ts";
import { toBoolean, toNumber } from "./values.ts";

/** docs/model.md asks for 10; a chain of calculations written from last to first may need more. */
const MOST_PASSES = 50;
/** As many as the server takes of one repeat (forms/rows.py); a test compares the two. */
const MOST_MEMBERS = 500;

/** Called for each repeat instance that repeat_count makes. */
export type Made = (member: Inst) => void;

/** Evaluate everything in document order until nothing changes (docs/model.md, "Meaning"). */
export function recalculate(world: World, root: Inst, made: Made): void {
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    if (!visitChildren(world, root, made)) return;
  }
}

/** Returns whether anything changed. */
function visitChildren(world: World, inst: Inst, made: Made): boolean {
  let changed = false;
  for (const def of inst.def.children ?? []) {
    if (def.kind === "repeat") changed = visitRepeat(world, inst, def, made) || changed;
    else for (const child of inst.all(def.name)) changed = visit(world, child, made) || changed;
  }
  return changed;
}

function visitRepeat(world: World, parent: Inst, def: ModelNode, made: Made): boolean {
  const ghost = parent.ghosts.get(def.name)!;
  ghost.relevant = parent.relevant && holds(world, ghost, def.relevant);
  let changed = def.count !== undefined && ghost.relevant && matchCount(world, ghost, made);
  for (const member of parent.all(def.name)) changed = visit(world, member, made) || changed;
  return changed;
}

function visit(world: World, inst: Inst, made: Made): boolean {
  const { def, parent } = inst;
  const relevant = parent!.relevant && holds(world, inst, def.relevant);
  let changed = relevant !== inst.relevant;
  inst.relevant = relevant;
  if (isContainer(def)) return visitChildren(world, inst, made) || changed;
  if (def.calculate !== undefined && relevant) {
    const before = inst.raw;
    take(inst, stored(evaluate(def.calculate, contextAt(world, inst)), def.type));
    changed ||= before !== inst.raw;
  }
  return changed;
}

/** A calculated value goes in; but what a person wrote over it stays until the calculation changes. */
function take(inst: Inst, value: string): void {
  const editable = inst.def.kind === "question" && inst.def.readonly !== true;
  const stays = editable && (inst.computed === undefined ? inst.raw !== "" : inst.computed === value);
  if (!stays) inst.raw = value;
  inst.computed = value;
}

function holds(world: World, inst: Inst, condition: Tree | undefined): boolean {
  return condition === undefined || toBoolean(evaluate(condition, contextAt(world, inst)));
}

/** Make or set aside instances until there are as many as repeat_count says. */
function matchCount(world: World, ghost: Inst, made: Made): boolean {
  const members = ghost.parent!.slots.get(ghost.name)!;
  const spares = ghost.parent!.spares.get(ghost.name)!;
  const wanted = toNumber(evaluate(ghost.def.count!, contextAt(world, ghost)));
  const count = Math.min(MOST_MEMBERS, Math.max(0, Math.trunc(wanted) || 0));
  const changed = members.length !== count;
  while (members.length > count) spares.unshift(members.pop()!);
  while (members.length < count) {
    const spare = spares.shift();
    members.push(spare ?? newMember(ghost.def, ghost.parent!));
    if (!spare) made(members[members.length - 1]!);
  }
  return changed;
}
