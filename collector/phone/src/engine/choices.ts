/** The choices of a question: a list of the sheet or the rows of a media file, filtered. */

import { evaluate, type World } from "./evaluate.ts";
import type { Inst } from "./instance.ts";
import type { Beside, Item, ModelNode, Row, Sentence, Text } from "./model.ts";
import type { RowNode } from "./rows.ts";
import { toBoolean } from "./values.ts";

/** One choice: the code that is stored, and its label in every language (or one for all). */
export interface Choice {
  readonly name: string;
  readonly label: Text | string;
  readonly media?: Beside;
}

/** Looks choices up. A list's labels are read once; its filter at each look. */
export class ChoiceLists {
  private readonly all = new Map<string, readonly Choice[]>();
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** The choices that may be taken at `inst` now. */
  of(inst: Inst): readonly Choice[] {
    const { choices } = inst.def;
    if (!choices) return [];
    const all = this.every(inst.def);
    if (choices.filter === undefined) return all;
    const items = this.items(choices.list ?? choices.file ?? "");
    const { filter } = choices;
    return all.filter((_, i) => {
      const at = { world: this.world, node: items[i]!, origin: inst, position: i + 1, size: items.length };
      return toBoolean(evaluate(filter, at));
    });
  }

  /** The choice of that code, filtered out or not. */
  find(def: ModelNode, name: string): Choice | undefined {
    return this.every(def).find((choice) => choice.name === name);
  }

  private every(def: ModelNode): readonly Choice[] {
    const { list, file, value = "name", label = "label" } = def.choices ?? {};
    const id = list ?? file;
    if (id === undefined) return [];
    const key = `${id} ${value} ${label}`;
    let choices = this.all.get(key);
    if (!choices) {
      choices = this.items(id).map(({ item }) => choiceOf(item, value, label));
      this.all.set(key, choices);
    }
    return choices;
  }

  private items(id: string): readonly RowNode[] {
    return (this.world.instance(id)?.step("root")[0]?.step("item") ?? []) as readonly RowNode[];
  }
}

function choiceOf(item: Item | Row, value: string, label: string): Choice {
  const name = String(item[value] ?? "");
  const choice = { name, label: (item[label] as Text | Sentence | undefined as Text | string) ?? name };
  return typeof item["media"] === "object" ? { ...choice, media: item["media"] as Beside } : choice;
}
