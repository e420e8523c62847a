/** Between what is typed and what is stored. Pure, tested without a phone. */

import type { Tree } from "../../engine/model.ts";

/** A typed decimal as it is stored: a point as decimal mark, no blanks. Words stay words. */
export function storedDecimal(typed: string): string {
  const text = typed.replace(/\s/g, "");
  const number = /^(-?)(\d*)(?:[.,](\d*))?$/.exec(text);
  if (!number || !(number[2] || number[3])) return text;
  return `${number[1]}${number[2] || "0"}${number[3] ? `.${number[3]}` : ""}`;
}

/** A stored decimal as people write it in a language. */
export function shownDecimal(stored: string, language: string): string {
  return language === "vi" && /^-?\d+\.\d+$/.test(stored) ? stored.replace(".", ",") : stored;
}

export function storedInteger(typed: string): string {
  return typed.replace(/\s/g, "");
}

/** Codes for "declines to answer" and "does not know", as the questionnaire writes them. */
export const SPECIAL_CODES = { "-8": "refuses", "-9": "dontKnow" } as const;
export type SpecialCode = keyof typeof SPECIAL_CODES;

/**
 * The special codes that a number question accepts: those that its constraint names as
 * `. = -8` or `. = -9`. A phone's number keys have no minus sign, so they become buttons.
 */
export function specialCodes(constraint: Tree | undefined): SpecialCode[] {
  return (["-8", "-9"] as const).filter((code) => names(constraint, Number(code)));
}

function names(tree: Tree | undefined, code: number): boolean {
  if (typeof tree !== "object") return false;
  if (tree[0] === "=" && isSelf(tree[1]) && codeOf(tree[2]) === code) return true;
  return tree.some((part) => names(part, code));
}

const isSelf = (tree: Tree | undefined): boolean =>
  typeof tree === "object" && tree[0] === "path" && tree[1] === "." && tree.length === 2;

function codeOf(tree: Tree | undefined): number {
  if (typeof tree === "object" && tree[0] === "neg") return -codeOf(tree[1]);
  return typeof tree === "object" ? NaN : Number(tree);
}
