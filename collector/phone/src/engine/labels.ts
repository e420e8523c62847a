/** Labels in a language, with the values that a sheet puts into them. */

import type { ChoiceLists } from "./choices.ts";
import { contextAt, evaluate, type World } from "./evaluate.ts";
import { stored } from "./functions.ts";
import type { Inst } from "./instance.ts";
import type { Model, ModelNode, Sentence, Text, Tree } from "./model.ts";
import { isNodes, numberText, type XNode } from "./values.ts";

const DECIMAL = /^-?\d+\.\d+$/;

export class Labels {
  private readonly first: string;
  /** The language being read; "" while calculating, so that every device calculates the same. */
  private language = "";

  /** `languages` are the form's, the default first. */
  constructor(languages: readonly string[]) {
    this.first = languages[0] ?? "";
  }

  /** A text in `language`, or in the form's first one, as it reads at `inst`. */
  text(text: Text | string | undefined, language: string, world: World, inst: Inst): string {
    if (text === undefined || typeof text === "string") return text ?? "";
    const sentence = text[language] ?? text[this.first] ?? Object.values(text)[0] ?? "";
    if (typeof sentence === "string") return sentence;
    return this.fill(sentence, language, world, inst);
  }

  private fill(sentence: Exclude<Sentence, string>, language: string, world: World, inst: Inst): string {
    const before = this.language;
    this.language = language;
    const parts = sentence.map((part) => (typeof part === "string" ? part : this.output(part[1], world, inst)));
    this.language = before;
    return parts.join("");
  }

  /** A computed part of a label; numbers take the language's decimal mark. */
  private output(tree: Tree, world: World, inst: Inst): string {
    const value = evaluate(tree, contextAt(world, inst));
    const text = typeof value === "number" ? numberText(value) : stored(value);
    return this.language === "vi" && DECIMAL.test(text) ? text.replace(".", ",") : text;
  }

  /** jr:choice-name: the label of a choice of the question that `path` names. */
  choiceName(value: string, path: string, world: World, lists: ChoiceLists, from: XNode): string {
    const steps = path.split("/").filter(Boolean);
    const nodes = evaluate(["path", path.startsWith("/") ? "/" : ".", ...steps], contextAt(world, from));
    const question = isNodes(nodes) ? (nodes[0] as Inst | undefined) : undefined;
    if (!question?.def) return "";
    const names = value.split(/\s+/).filter(Boolean);
    const label = (name: string): string =>
      this.text(lists.find(question.def, name)?.label, this.language || this.first, world, question);
    return names.map(label).join(", ");
  }

  /** jr:itext: the label or hint of a node, or the label of a choice, by the id that pyxform gives it. */
  itext(id: string, model: Model): string {
    const [, list, index] = /^(.+)-(\d+)$/.exec(id) ?? [];
    const [, path = "", part] = /^(\/.+):(label|hint)$/.exec(id) ?? [];
    const text = list ? model.lists[list]?.[Number(index)]?.label : part && this.partOf(model, path, part);
    return text ? plainOf(text, this.language || this.first) : "";
  }

  private partOf(model: Model, path: string, part: string): Text | undefined {
    let def: ModelNode | undefined;
    let nodes: readonly ModelNode[] = model.nodes;
    for (const name of path.split("/").slice(2)) {
      def = nodes.find((node) => node.name === name);
      nodes = def?.children ?? [];
    }
    return part === "label" ? def?.label : def?.hint;
  }
}

/** A text in a language without its computed parts. */
function plainOf(text: Text, language: string): string {
  const sentence = text[language] ?? "";
  return typeof sentence === "string" ? sentence : sentence.filter((part) => typeof part === "string").join("");
}
