/** Which sound or picture stands beside a label, and how choices that have some are shown. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileBeside } from "../src/engine/beside.ts";
import type { Model } from "../src/engine/model.ts";
import { isDropDown } from "../src/runner/controls/arrange.ts";
import { model, node, open, question } from "./build.ts";

const FILES = { "hoi.mp3": "d1", "hoi-hmn.mp3": "d2", "nha.png": "d3" };
const HEARD = { audio: { vi: "hoi.mp3", hmn: "hoi-hmn.mp3" }, image: { vi: "nha.png" } };
const LISTS = {
  seen: [{ name: "1", label: { vi: "Một", en: "One" }, media: { image: { vi: "nha.png" } } }, { name: "2", label: { vi: "Hai", en: "Two" } }],
  said: [{ name: "1", label: { vi: "Một", en: "One" } }],
} as unknown as Model["lists"];

function form(): Model {
  const nodes = ["seen", "said"].map((list) => question(list, "select_one", { choices: { list }, appearance: "minimal" }));
  return { ...model([question("a", "text", { media: HEARD }), ...nodes]), languages: ["vi", "en", "hmn"], media: FILES, lists: LISTS };
}

test("a language has its own file, else that of the first language", () => {
  const { media } = form().nodes[0]!;
  const file = (kind: "audio" | "image", language: string): string | undefined => fileBeside(form(), media, kind, language);
  assert.equal(file("audio", "hmn"), "d2");
  assert.equal(file("audio", "en"), "d1");
  assert.equal(file("audio", "vi"), "d1");
  assert.equal(file("image", "hmn"), "d3");
});

test("where neither has a file there is none", () => {
  assert.equal(fileBeside(form(), { audio: { hmn: "hoi-hmn.mp3" } }, "audio", "vi"), undefined);
  assert.equal(fileBeside(form(), HEARD, "audio", "vi") && fileBeside(form(), undefined, "audio", "vi"), undefined);
  assert.equal(fileBeside({ ...form(), media: {} }, HEARD, "audio", "vi"), undefined);
});

test("choices carry what stands beside them", () => {
  const interview = open(form());
  assert.deepEqual(interview.choices(node(interview, "/data/seen")).map(({ media }) => media?.image?.["vi"]), ["nha.png", undefined]);
});

test("a list with pictures is no drop-down, whatever its appearance", () => {
  const { nodes } = form();
  assert.equal(isDropDown(nodes[1]!, form()), false);
  assert.equal(isDropDown(nodes[2]!, form()), true);
});
