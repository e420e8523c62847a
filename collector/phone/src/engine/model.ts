/** The compact form model, as docs/model.md sets it out. Nothing here is computed. */

/** A parsed expression: a number, a string, or [operator, ...operands]. */
export type Tree = number | string | TreeList;
export interface TreeList extends ReadonlyArray<Tree> {}

/** One sentence in one language: plain, or parts of which some are ["out", Tree]. */
export type Sentence = string | ReadonlyArray<string | readonly ["out", Tree]>;
/** A sentence in every language of the form. */
export type Text = Readonly<Record<string, Sentence>>;

export type Kind = "question" | "note" | "group" | "repeat" | "calculate";

export interface SetAction {
  readonly event: "first-load" | "new-repeat" | "value-changed";
  readonly ref: string;
  readonly value: Tree;
  readonly trigger?: string;
}

export interface Choices {
  readonly list?: string;
  readonly file?: string;
  readonly value?: string;
  readonly label?: string;
  readonly filter?: Tree;
}

/** The files beside a label: for each kind the file's name in each language that has one. */
export type Beside = Readonly<Partial<Record<"audio" | "image", Readonly<Record<string, string>>>>>;

export interface ModelNode {
  readonly name: string;
  readonly kind: Kind;
  readonly type?: string;
  readonly label?: Text;
  readonly hint?: Text;
  readonly guidance?: Text;
  readonly media?: Beside;
  readonly required?: Tree | true;
  readonly required_msg?: Text;
  readonly relevant?: Tree;
  readonly constraint?: Tree;
  readonly constraint_msg?: Text;
  readonly calculate?: Tree;
  readonly readonly?: Tree | true;
  readonly appearance?: string;
  readonly default?: string;
  readonly set?: readonly SetAction[];
  readonly preload?: string;
  readonly range?: { readonly start: number; readonly end: number; readonly step: number };
  readonly choices?: Choices;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly count?: Tree;
  /** The answer stays on the phone: it is never sent. */
  readonly on_device?: boolean;
  readonly children?: readonly ModelNode[];
}

/** A choice: its code, its label and the other columns of the choices sheet. */
export interface Item {
  readonly name: string;
  readonly label?: Text;
  readonly [column: string]: Text | string | undefined;
}

export interface Model {
  readonly form: string;
  readonly version: string;
  readonly title: Readonly<Record<string, string>>;
  readonly languages: readonly string[];
  /** What the sheet calls the languages beside Vietnamese and English. */
  readonly called?: Readonly<Record<string, string>>;
  readonly root: string;
  readonly nodes: readonly ModelNode[];
  readonly lists: Readonly<Record<string, readonly Item[]>>;
  readonly files?: Readonly<Record<string, string>>;
  /** The sounds and pictures of the labels: file name to the digest of its content. */
  readonly media?: Readonly<Record<string, string>>;
  readonly set?: readonly SetAction[];
  readonly about?: Readonly<Record<string, unknown>>;
}

/** A row of a media file: its columns as strings. */
export type Row = Readonly<Record<string, string>>;
/** Media files by file name, parsed. */
export type Media = Readonly<Record<string, readonly Row[]>>;

/** Nested answers as they go over the wire: groups are objects, repeats arrays, leaves strings. */
export interface Answers {
  [name: string]: string | Answers | Answers[];
}
