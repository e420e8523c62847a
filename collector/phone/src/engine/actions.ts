/** setvalue actions: values that are set once by an event, not calculated again and again. */

import { contextAt, evaluate, type World } from "./evaluate.ts";
import { stored } from "./functions.ts";
import { pathOf, walk, type Inst } from "./instance.ts";
import type { Model, ModelNode, SetAction } from "./model.ts";

export class Actions {
  private readonly all: readonly SetAction[];
  private readonly world: World;
  private readonly root: Inst;

  constructor(model: Model, world: World, root: Inst) {
    this.all = [...(model.set ?? []), ...setsBelow(model.nodes)];
    this.world = world;
    this.root = root;
  }

  /** A new form was opened. Returns whether anything was set. */
  firstLoad(): boolean {
    return this.run(this.of("first-load"), this.root);
  }

  /** A repeat got a new instance. */
  newMember(member: Inst): void {
    const below = new Set<Inst>(walk(member));
    for (const action of this.of("new-repeat")) {
      for (const target of this.targets(action.ref, member)) if (below.has(target)) this.set(action, target);
    }
  }

  /** The user changed an answer. Returns whether anything was set. */
  changed(inst: Inst): boolean {
    const path = pathOf(inst).replace(/\[\d+\]/g, "");
    return this.run(
      this.of("value-changed").filter((action) => action.trigger === path),
      inst,
    );
  }

  private of(event: SetAction["event"]): SetAction[] {
    return this.all.filter((action) => action.event === event);
  }

  private run(actions: readonly SetAction[], from: Inst): boolean {
    for (const action of actions) {
      for (const target of this.targets(action.ref, from)) this.set(action, target);
    }
    return actions.length > 0;
  }

  private set(action: SetAction, target: Inst): void {
    target.raw = stored(evaluate(action.value, contextAt(this.world, target)), target.def.type);
  }

  /** The nodes that a ref means as seen from `from`: its own instances where it sits in one. */
  private targets(ref: string, from: Inst): readonly Inst[] {
    const own = new Set<Inst>();
    for (let inst: Inst | null = from; inst; inst = inst.parent) own.add(inst);
    let nodes: readonly Inst[] = [this.root];
    for (const name of ref.split("/").slice(2)) {
      nodes = nodes.flatMap((node) => node.all(name));
      const mine = nodes.find((node) => own.has(node));
      if (mine) nodes = [mine];
    }
    return nodes;
  }
}

function setsBelow(nodes: readonly ModelNode[]): SetAction[] {
  return nodes.flatMap((node) => [...(node.set ?? []), ...setsBelow(node.children ?? [])]);
}
