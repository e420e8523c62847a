/** Which groups are tables, and the code that draws them: it comes with the first form that has one. */

import type { Inst } from "../engine/instance.ts";
import type { Model, ModelNode } from "../engine/model.ts";
import type { Grid } from "./Grid.tsx";

const GRID = /\bgrid\b/;
let drawn: typeof Grid | undefined;

export function isGrid(group: Inst | undefined): boolean {
  return GRID.test(group?.def.appearance ?? "");
}

/** What draws a table; undefined where its code could not be fetched: its questions are a list then. */
export function tableCode(): typeof Grid | undefined {
  return drawn;
}

/** Bring the code of tables, where a form has one. Never throws. */
export async function bringTables(model: Model): Promise<void> {
  if (drawn || !model.nodes.some(hasGrid)) return;
  drawn = (await import("../screens/more.ts").catch(() => undefined))?.Grid;
}

function hasGrid(node: ModelNode): boolean {
  return GRID.test(node.appearance ?? "") || (node.children ?? []).some(hasGrid);
}
