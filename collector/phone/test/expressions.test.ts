/** The meaning of expressions: docs/model.md, "Meaning", point by point. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tree } from "../src/engine/model.ts";
import { at, call, from, question, repeat, result } from "./build.ts";

/** [what, tree, answers, expected] */
type Case = readonly [string, Tree, Readonly<Record<string, string>>, string];

const CASES: readonly Case[] = [
  ["whole numbers have no point", ["+", 2, 3], {}, "5"],
  ["fractions take the shortest round trip", ["div", 1, 3], {}, "0.3333333333333333"],
  ["no exponent for the large", ["*", 1e21, 10], {}, "10000000000000000000000"],
  ["no exponent for the small", ["div", 15, 1e8], {}, "0.00000015"],
  ["minus zero is zero", ["*", 0, ["neg", 1]], {}, "0"],
  ["NaN is no answer", ["+", at("a"), 1], { a: "" }, ""],
  ["a comma is a decimal mark", ["*", at("a"), 2], { a: "1,5" }, "3"],
  ["words are no numbers", ["+", at("a"), 1], { a: "5 kg" }, ""],
  ["no exponent is read", ["+", at("a"), 1], { a: "1e3" }, ""],
  ["a number of whole digits", ["+", at("a"), 1], { a: " 007 " }, "8"],
  ["a date minus a date", ["-", at("a"), at("b")], { a: "2026-03-01", b: "2026-02-01" }, "28"],
  ["a date is not after a moment of the same day", [">", at("a"), at("b")], { a: "2026-03-01", b: "2026-03-01T07:00:00.000+07:00" }, "false"],
  ["dates compare as days", ["<=", at("a"), call("today")], { a: "2026-11-22" }, "true"],
  ["30 February is no date", ["<=", at("a"), call("today")], { a: "2026-02-30" }, "false"],
  ["a comparison with nothing is false", ["<", at("a"), 5], { a: "" }, "false"],
  ["and so is the opposite", [">=", at("a"), 5], { a: "" }, "false"],
  ["!= with NaN is true", ["!=", call("number", at("a")), 5], { a: "" }, "true"],
  ["texts compare as texts", ["=", at("a"), at("b")], { a: "5", b: "5.0" }, "false"],
  ["a number makes it numbers", ["=", at("a"), 5], { a: "5.0" }, "true"],
  ["a boolean makes it booleans", ["=", at("a"), call("true")], { a: "0" }, "true"],
  ["0.1 + 0.2 is 0.3", ["=", ["+", 0.1, 0.2], 0.3], {}, "true"],
  ["mod has the sign of the dividend", ["mod", ["neg", 5], 3], {}, "-2"],
  ["division by zero", ["div", 1, 0], {}, "Infinity"],
  ["an unanswered node is false", call("boolean", at("a")), { a: "" }, "false"],
  ["a node that says 0 is true", call("boolean", at("a")), { a: "0" }, "true"],
  ["round half up", call("round", 2.5), {}, "3"],
  ["round half up below zero", call("round", ["neg", 2.5]), {}, "-2"],
  ["round just below a half", call("round", 0.49999999999999994), {}, "0"],
  ["round to places as written", call("round", 1.005, 2), {}, "1.01"],
  ["round to hundreds", call("round", 1250, ["neg", 2]), {}, "1300"],
  ["int cuts off toward zero", call("int", ["neg", 2.7]), {}, "-2"],
  ["pow", call("pow", 2, 10), {}, "1024"],
  ["coalesce takes the first answer", call("coalesce", at("a"), at("b"), "z"), { a: "", b: "y" }, "y"],
  ["if does not evaluate the other branch", call("if", ["=", at("a"), ""], "none", call("round", at("a"))), { a: "" }, "none"],
  ["selected", call("selected", at("a"), "2"), { a: "1 12 2" }, "true"],
  ["selected is of whole codes", call("selected", at("a"), "1"), { a: "12 2" }, "false"],
  ["selected-at counts from 0", call("selected-at", at("a"), 1), { a: "x y z" }, "y"],
  ["selected-at outside", call("selected-at", at("a"), 3), { a: "x y z" }, ""],
  ["selected-at of a fraction", call("selected-at", at("a"), 1.7), { a: "x y z" }, "y"],
  ["selected-at of nothing", call("selected-at", at("a"), at("b")), { a: "x", b: "" }, ""],
  ["count-selected", call("count-selected", at("a")), { a: "x y z" }, "3"],
  ["regex is a full match", call("regex", at("a"), "[0-9]{2}"), { a: "123" }, "false"],
  ["regex with alternatives is whole too", call("regex", at("a"), "a|bc"), { a: "bcd" }, "false"],
  ["regex matches", call("regex", at("a"), "[A-Z]{2}-\\d+"), { a: "AK-12" }, "true"],
  ["string-length counts characters", call("string-length", at("a")), { a: "Ngà😀" }, "4"],
  ["substr", call("substr", at("a"), 1, 3), { a: "abcde" }, "bc"],
  ["substr from the end", call("substr", at("a"), ["neg", 2]), { a: "abcde" }, "de"],
  ["concat", call("concat", at("a"), "-", 3), { a: "x" }, "x-3"],
  ["contains", call("contains", at("a"), "óm"), { a: "xóm" }, "true"],
  ["starts-with", call("starts-with", at("a"), "x"), { a: "xóm" }, "true"],
  ["ends-with", call("ends-with", at("a"), "x"), { a: "xóm" }, "false"],
  ["min of arguments skips blanks", call("min", at("a"), at("b"), 7), { a: "", b: "3" }, "3"],
  ["max of nothing is nothing", call("max", at("a"), at("b")), { a: "", b: "" }, ""],
  ["checklist", call("checklist", 2, ["neg", 1], ["=", at("a"), "1"], ["=", at("b"), "1"]), { a: "1", b: "1" }, "true"],
  ["today", call("today"), {}, "2026-11-22"],
  ["date of days", call("date", 20000), {}, "2024-10-04"],
  ["date of a moment", call("date", at("a")), { a: "2026-01-05T10:00:00.000+07:00" }, "2026-01-05"],
  ["date of words", call("date", at("a")), { a: "yesterday" }, ""],
  ["decimal-date-time is of Greenwich", call("decimal-date-time", at("a")), { a: "1970-01-02T07:00:00.000+07:00" }, "1"],
  ["format-date", call("format-date", at("a"), "%e/%n/%Y %b %a"), { a: "2026-01-05" }, "5/1/2026 Jan Mon"],
  ["format-date pads", call("format-date", at("a"), "%d-%m-%y"), { a: "2026-01-05" }, "05-01-26"],
  ["format-date of the year as number", ["-", call("number", call("format-date", at("a"), "%Y")), 1980], { a: "2026-01-05" }, "46"],
  ["format-date-time", call("format-date-time", at("a"), "%H:%M:%S.%3 %h"), { a: "2026-01-05T07:08:09.045+07:00" }, "07:08:09.045 7"],
  ["format-date of nothing", call("format-date", at("a"), "%Y"), { a: "" }, ""],
  ["not", call("not", ["=", at("a"), "1"]), { a: "2" }, "true"],
  ["and, or", ["or", ["and", call("true"), call("false")], call("true")], {}, "true"],
];

for (const [what, tree, answers, expected] of CASES) {
  test(what, () => assert.equal(result(tree, answers), expected));
}

const members = repeat("m", [question("a", "integer"), question("b", "text")]);
const three = { m: [{ a: "3", b: "x" }, { a: "", b: "y" }, { a: "5", b: "x" }] };

const SETS: readonly (readonly [string, Tree, string])[] = [
  ["sum skips blanks", call("sum", at("m", "a")), "8"],
  ["sum of an empty set is 0", call("sum", at("m", ["a", ["=", from(), 99]])), "0"],
  ["max skips blanks", call("max", at("m", "a")), "5"],
  ["min skips blanks", call("min", at("m", "a")), "3"],
  ["min of an empty set is no answer", call("min", at("m", ["a", ["=", from(), 99]])), ""],
  ["count", call("count", at("m")), "3"],
  ["count with a predicate", call("count", at(["m", ["=", from("b"), "x"]])), "2"],
  ["count-non-empty", call("count-non-empty", at("m", "a")), "2"],
  ["join takes every node", call("join", ",", at("m", "a")), "3,,5"],
  ["a position as predicate", at(["m", 3], "a"), "5"],
  ["position() in a predicate", call("join", ",", at(["m", [">", call("position"), 1]], "b")), "y,x"],
  ["a predicate on a leaf looks up", call("join", " ", at("m", ["a", ["=", from("..", "b"), "x"]])), "3 5"],
  ["the first node stands for the set", at("m", "b"), "x"],
  ["indexed-repeat", call("indexed-repeat", at("m", "a"), at("m"), 3), "5"],
  ["indexed-repeat outside", call("indexed-repeat", at("m", "a"), at("m"), 4), ""],
  ["indexed-repeat at nothing", call("indexed-repeat", at("m", "a"), at("m"), at("m", ["a", false as unknown as Tree])), ""],
  ["union", call("join", " ", ["|", at(["m", 1], "a"), at(["m", 3], "a")]), "3 5"],
];

for (const [what, tree, expected] of SETS) {
  test(what, () => assert.equal(result(tree, three, [members]), expected));
}

const rows = [
  { name: "AK-1", label: "Hộ 1", village: "AK03" },
  { name: "AK-2", label: "Hộ 2", village: "AK04" },
];

test("pulldata", () => {
  const tree = call("pulldata", "households", "village", "name", at("h"));
  const more = { files: { households: "households.csv" } };
  assert.equal(result(tree, { h: "AK-2" }, [], { "households.csv": rows }, more), "AK04");
  assert.equal(result(tree, { h: "AK-9" }, [], { "households.csv": rows }, more), "");
});

test("instance() with a predicate that looks at the question", () => {
  const items: Tree = ["path", call("instance", "households"), "root", ["item", ["=", from("village"), ["path", "current", "..", "v"]]], "label"];
  const more = { files: { households: "households.csv" } };
  assert.equal(result(items, { v: "AK04" }, [], { "households.csv": rows }, more), "Hộ 2");
});

test("jr:choice-name and jr:itext", () => {
  const lists = { sex: [{ name: "1", label: { vi: "Nam", en: "Male" } }, { name: "2", label: { vi: "Nữ", en: "Female" } }] };
  const sex = question("sex", "select_multiple", { choices: { list: "sex" } });
  const tree = call("jr:choice-name", at("sex"), " /data/sex ");
  assert.equal(result(tree, { sex: "2 1" }, [sex], {}, { lists }), "Nữ, Nam");
  assert.equal(result(call("jr:itext", "sex-1"), {}, [], {}, { lists }), "Nữ");
});
