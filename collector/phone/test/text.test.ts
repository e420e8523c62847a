/** Words, numbers and Markdown as they are shown and stored. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrangement, foldedText } from "../src/runner/controls/arrange.ts";
import { shownDecimal, specialCodes, storedDecimal } from "../src/runner/controls/numbers.ts";
import { WORDS } from "../src/runner/controls/words.ts";
import { CATALOGUE } from "../src/text/catalogue.ts";
import { DOOR } from "../src/text/door.ts";
import { learn, sentence, type Key } from "../src/text/i18n.ts";
import { LATER } from "../src/text/later.ts";
import { dateText, whenText } from "../src/text/format.ts";
import { inline, parseMarkdown } from "../src/text/markdown.ts";

test("every sentence has both languages and the same names to fill in", () => {
  for (const [key, [vi, en]] of Object.entries({ ...DOOR, ...CATALOGUE, ...LATER, ...WORDS })) {
    assert.ok(vi && en, key);
    const names = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    for (const form of en.split("|")) {
      assert.deepEqual(names(form).filter((n) => n !== "{n}"), names(vi).filter((n) => n !== "{n}"), key);
    }
    assert.equal(vi, vi.normalize("NFC"), key);
  }
});

test("no sentence stands twice", () => {
  const keys = [DOOR, CATALOGUE, LATER, WORDS].flatMap((words) => Object.keys(words));
  assert.equal(new Set(keys).size, keys.length);
});

test("counts: one and many in English, numbers in the language's way", () => {
  learn(CATALOGUE);
  assert.equal(sentence("en", "waits", { n: 1 }), "1 form waits to be sent");
  assert.equal(sentence("en", "waits", { n: 1200 }), "1,200 forms wait to be sent");
  assert.equal(sentence("vi", "waits" satisfies Key, { n: 1200 }), "1.200 phiếu chờ gửi");
});

test("decimals: comma or point typed, a point stored, a comma shown in Vietnamese", () => {
  const typed = ["1,5", "1.5", ",5", "2,", "-0,25", "1 000", "1,2,3", "năm", "-", ""];
  const stored = ["1.5", "1.5", "0.5", "2", "-0.25", "1000", "1,2,3", "năm", "-", ""];
  assert.deepEqual(typed.map(storedDecimal), stored);
  assert.deepEqual([shownDecimal("1.5", "vi"), shownDecimal("1.5", "en"), shownDecimal("AK1.5", "vi")], ["1,5", "1.5", "AK1.5"]);
});

test("the codes for no answer are found in a constraint", () => {
  const tree = ["or", ["=", ["path", "."], -8], ["or", ["=", ["path", "."], ["neg", 9]], ["<", ["path", "."], 960]]];
  assert.deepEqual(specialCodes(tree), ["-8", "-9"]);
  assert.deepEqual(specialCodes([">", ["path", "."], -9]), []);
  assert.deepEqual(specialCodes(undefined), []);
});

test("short choices share a row, a likert is a scale, columns where asked", () => {
  assert.equal(arrangement(undefined, ["Có", "Không"]), "row");
  assert.equal(arrangement(undefined, ["Có, trả lời bây giờ", "Không"]), "column");
  assert.equal(arrangement("likert", ["1", "2", "3", "4"]), "likert");
  assert.equal(arrangement("columns-pack", ["1", "2"]), "columns");
});

test("searching does not mind accents", () => {
  assert.equal(foldedText("Đặng Ánh"), "dang anh");
});

test("Markdown: bold, italic, links that are safe, headings, lists, line breaks", () => {
  assert.deepEqual(inline("a **b *c*** d"), ["a ", { tag: "strong", children: ["b ", { tag: "em", children: ["c"] }] }, " d"]);
  assert.deepEqual(inline("[x](tel:111)"), [{ tag: "a", href: "tel:111", children: ["x"] }]);
  assert.deepEqual(inline("[x](javascript:alert(1))").join(""), "[x](javascript:alert(1))");
  assert.deepEqual(inline("2 * 3 * 4 và ten_cot_a"), ["2 * 3 * 4 và ten_cot_a"]);
  const blocks = parseMarkdown("# Tiêu đề\nmột\nhai\n\n- ba\n- bốn");
  assert.deepEqual(blocks.map((b) => [b.tag, b.lines.length]), [["h2", 1], ["p", 2], ["li", 1], ["li", 1]]);
});

test("times are Việt Nam's own, with the day where it is not today", () => {
  const now = new Date("2026-11-22T10:00:00Z");
  assert.equal(whenText("2026-11-22T01:05:00Z", now), "08:05");
  assert.equal(whenText("2026-11-20T18:05:00Z", now), "01:05, 21/11");
  assert.equal(whenText("2025-11-20T18:05:00Z", now), "01:05, 21/11/2025");
  assert.match(dateText("2026-11-22", "vi"), /22.*11.*2026/);
  assert.equal(dateText("2026-13-45", "vi"), "");
});
