/** Media files and choice lists as nodes, so that `instance('id')/root/item[…]` can walk them. */

import type { Item, Row, Text } from "./model.ts";
import type { XNode } from "./values.ts";

const NONE: readonly XNode[] = [];

class Leaf implements XNode {
  readonly name: string;
  readonly parent: XNode;
  readonly value: string;

  constructor(name: string, parent: XNode, value: string) {
    this.name = name;
    this.parent = parent;
    this.value = value;
  }

  step(): readonly XNode[] {
    return NONE;
  }
}

/** One row; its cells become nodes only when an expression asks for them. */
export class RowNode implements XNode {
  readonly name = "item";
  readonly value = "";
  readonly parent: XNode;
  readonly item: Item | Row;
  /** `list-3`, as pyxform numbers the labels of a list. */
  private readonly itextId: string;

  constructor(parent: XNode, item: Item | Row, itextId: string) {
    this.parent = parent;
    this.item = item;
    this.itextId = itextId;
  }

  step(name: string): readonly XNode[] {
    if (name === "itextId" && !(name in this.item)) return [new Leaf(name, this, this.itextId)];
    const columns = name === "*" ? Object.keys(this.item) : name in this.item ? [name] : [];
    return columns.map((column) => new Leaf(column, this, plain(this.item[column])));
  }
}

/** A label as one string: the Vietnamese, as on the server, without the parts that are computed. */
function plain(cell: Text | string | undefined): string {
  if (cell === undefined || typeof cell === "string") return cell ?? "";
  const sentence = cell["vi"] ?? "";
  return typeof sentence === "string" ? sentence : sentence.filter((part) => typeof part === "string").join("");
}

class Branch implements XNode {
  readonly name: string;
  readonly parent: XNode | null;
  readonly value = "";
  children: readonly XNode[] = NONE;

  constructor(name: string, parent: XNode | null) {
    this.name = name;
    this.parent = parent;
  }

  step(name: string): readonly XNode[] {
    return name === "*" || this.children[0]?.name === name ? this.children : NONE;
  }
}

/** The document of the secondary instance `id`: `root` with one `item` a row. */
export function documentOf(items: readonly (Item | Row)[], id: string): XNode {
  const document = new Branch("", null);
  const root = new Branch("root", document);
  document.children = [root];
  root.children = items.map((item, i) => new RowNode(root, item, `${id}-${i}`));
  return document;
}
