/**
 * A group with the appearance `grid`: questions whose labels are "row – column" become a table.
 * Pure. Any other tool shows the same group as a list of questions with whole labels.
 */

import type { Inst } from "../engine/instance.ts";

/** Between the name of a row and that of a column. */
export const SEPARATOR = " – ";

export interface Row {
  readonly label: string;
  /** By the label of its column. */
  readonly cells: ReadonlyMap<string, Inst>;
}

export interface Table {
  /** What is no cell: notes, and questions whose label has no separator. */
  readonly others: readonly Inst[];
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** Rows and columns in the order in which the sheet names them first. */
export function tableOf(nodes: readonly Inst[], labelOf: (inst: Inst) => string): Table {
  const others: Inst[] = [];
  const rows = new Map<string, Map<string, Inst>>();
  const columns = new Set<string>();
  for (const inst of nodes) {
    const label = labelOf(inst);
    const at = label.lastIndexOf(SEPARATOR);
    const [row, column] = [label.slice(0, at), label.slice(at + SEPARATOR.length)];
    const cells = rows.get(row) ?? new Map<string, Inst>();
    if (inst.def.kind !== "question" || at < 0 || cells.has(column)) {
      others.push(inst);
      continue;
    }
    rows.set(row, cells.set(column, inst));
    columns.add(column);
  }
  return { others, columns: [...columns], rows: [...rows].map(([label, cells]) => ({ label, cells })) };
}

/** A block copied from a worksheet, as rows of texts; undefined where it is one value only. */
export function blockOf(text: string): string[][] | undefined {
  const rows = text.replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t").map((cell) => cell.trim()));
  return rows.length > 1 || rows[0]!.length > 1 ? rows : undefined;
}
