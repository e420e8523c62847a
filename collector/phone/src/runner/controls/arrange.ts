/** How choices are laid out, and how they are searched. Pure. */

import type { Model, ModelNode } from "../../engine/model.ts";

/**
 * The CSS class for a list of choices: a scale for `likert`, columns where the sheet asks for them,
 * one row where two or three labels are short, a grid of small targets where many are, else a column.
 */
export function arrangement(appearance: string | undefined, labels: readonly string[]): string {
  const words = (appearance ?? "").split(/\s+/);
  if (words.includes("likert")) return "likert";
  if (words.some((word) => /^(columns|horizontal)/.test(word))) return "columns";
  const short = labels.length <= 3 && labels.every((label) => label.length <= 36 / labels.length - 4);
  if (short) return "row";
  return labels.length >= 6 && labels.filter(isBrief).length > labels.length / 2 ? "tight" : "column";
}

/** Short enough for a small target in a grid; longer ones get a row of their own there. */
export function isBrief(label: string): boolean {
  return label.length <= 8;
}

/** A text without accents and case, for searching: "Đặng Ánh" and "dang anh" are the same. */
export function foldedText(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .trim();
}

/**
 * A drop-down where the sheet asks for `minimal`, but not where it asks for a search as well, or where
 * the choices have sounds or pictures, which a drop-down does not show.
 */
export function isDropDown(def: ModelNode, model: Pick<Model, "lists">): boolean {
  const words = (def.appearance ?? "").split(/\s+/);
  if (!words.includes("minimal") || words.includes("autocomplete")) return false;
  return !(model.lists?.[def.choices?.list ?? ""] ?? []).some((item) => item["media"]);
}
