import assert from "node:assert/strict";
import { test } from "node:test";
import type { Inst } from "../src/engine/instance.ts";
import { blockOf, tableOf } from "../src/runner/grid.ts";
import { isGrid } from "../src/runner/tables.ts";

/** A question of which only its label matters here. */
const question = (label: string, kind = "question"): Inst => ({ name: label, def: { kind, name: label } }) as unknown as Inst;
const table = (...nodes: Inst[]) => tableOf(nodes, (inst) => inst.name);

test("rows and columns come from the labels, in the order of the sheet", () => {
  const { rows, columns, others } = table(question("Lớp 1 – Nữ"), question("Lớp 1 – Nam"), question("Lớp 2 – Nữ"), question("Lớp 2 – Nam"));
  assert.deepEqual(columns, ["Nữ", "Nam"]);
  assert.deepEqual(rows.map((row) => [row.label, [...row.cells.keys()]]), [
    ["Lớp 1", ["Nữ", "Nam"]],
    ["Lớp 2", ["Nữ", "Nam"]],
  ]);
  assert.deepEqual(others, []);
});

test("a dash without blanks belongs to the name; the last separator counts", () => {
  const { rows, columns } = table(question("16–17 tuổi – Nữ"), question("Thôn – tổ – Nam"));
  assert.deepEqual(rows.map((row) => row.label), ["16–17 tuổi", "Thôn – tổ"]);
  assert.deepEqual(columns, ["Nữ", "Nam"]);
});

test("notes, labels without a separator and a second cell in a place stay questions", () => {
  const nodes = [question("Ghi chú – a", "note"), question("Tổng số"), question("Lớp 1 – Nữ"), question("Lớp 1 – Nữ")];
  const { rows, others } = table(...nodes);
  assert.deepEqual(others, [nodes[0], nodes[1], nodes[3]]);
  assert.equal(rows.length, 1);
});

test("a row may lack a cell", () => {
  const { rows, columns } = table(question("Kinh – Nữ"), question("Kinh – Nam"), question("Thiểu số – Nam"));
  assert.deepEqual(columns, ["Nữ", "Nam"]);
  assert.equal(rows[1]!.cells.get("Nữ"), undefined);
});

test("the mark is a word of the appearance", () => {
  const group = (appearance: string): Inst => ({ def: { appearance } }) as unknown as Inst;
  assert.ok(isGrid(group("field-list grid")));
  assert.ok(!isGrid(group("field-list")));
  assert.ok(!isGrid(undefined));
});

test("a block of a worksheet", () => {
  assert.deepEqual(blockOf("1\t2\r\n3\t 4\r\n"), [["1", "2"], ["3", "4"]]);
  assert.deepEqual(blockOf("5\n6"), [["5"], ["6"]]);
  assert.equal(blockOf("7"), undefined);
  assert.equal(blockOf("7\n"), undefined);
});
