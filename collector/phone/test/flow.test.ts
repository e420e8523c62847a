/** Which screens an interview has, and how one goes from one to the next. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Interview } from "../src/engine/interview.ts";
import { after, before, faultsToCorrect, progressAt, screenAt, screensOf, type Screen } from "../src/runner/flow.ts";
import { at, calculate, group, model, node, open, put, question, repeat } from "./build.ts";

const form = model([
  question("a", "text"),
  calculate("c", 1),
  group("g", [question("b", "text"), question("d", "text", { relevant: ["=", at("a"), "1"] })]),
  group("f", [question("e", "text"), group("inner", [question("h", "text")])], { appearance: "field-list" }),
  repeat("m", [question("x", "text"), question("y", "text"), group("work", [question("z", "text")], { appearance: "field-list" })]),
  question("last", "text", { required: true }),
  group("meta", [question("instanceID", "text")]),
]);

const places = (screens: readonly Screen[]): string[] => screens.map((screen) => screen.place);

function walkAll(interview: Interview): string[] {
  const found: string[] = [];
  for (let s: Screen | undefined = screensOf(interview, interview.root)[0]; s; s = after(interview, s)) found.push(s.place);
  return found;
}

test("a question a screen, a field-list on one, a repeat as a roster, meta nowhere", () => {
  const interview = open(form);
  assert.deepEqual(places(screensOf(interview, interview.root)), ["/data/a", "/data/g/b", "/data/f/e", "/data/m", "/data/last"]);
  assert.deepEqual(walkAll(interview), ["/data/a", "/data/g/b", "/data/f/e", "/data/m", "/data/last"]);
  put(interview, "/data/a", "1");
  assert.deepEqual(walkAll(interview), ["/data/a", "/data/g/b", "/data/g/d", "/data/f/e", "/data/m", "/data/last"]);
});

test("in a member short questions share a screen, and the last leads back to the roster", () => {
  const interview = open(form);
  const member = node(interview, "/data/m[1]");
  const screens = screensOf(interview, member);
  assert.deepEqual(places(screens), ["/data/m[1]/x", "/data/m[1]/work/z"]);
  assert.deepEqual(screens[0]!.nodes.map((inst) => inst.name), ["x", "y"]);
  assert.equal(after(interview, screens[1]!)?.place, "/data/m");
  assert.equal(before(interview, screens[0]!)?.place, "/data/m");
});

test("back from the first screen leads nowhere, from the end to the last", () => {
  const interview = open(form);
  assert.equal(before(interview, screensOf(interview, interview.root)[0]!), undefined);
  assert.equal(before(interview, undefined)?.place, "/data/last");
  assert.equal(after(interview, screenAt(interview, "/data/last")!), undefined);
});

test("a place that has gone leads to the next that is there", () => {
  const interview = open(form);
  assert.equal(screenAt(interview, "/data/g/d")?.place, "/data/f/e");
  assert.equal(screenAt(interview, "/data/m[7]/x")?.place, "/data/a");
  assert.equal(screenAt(interview, "/data/f/inner/h")?.place, "/data/f/e");
  assert.equal(screenAt(interview, "/data/m[1]/work/z")?.place, "/data/m[1]/work/z");
});

test("progress grows from screen to screen, members within their roster's share", () => {
  const interview = open(form);
  const at = (place: string): number => progressAt(interview, screenAt(interview, place));
  const order = ["/data/a", "/data/g/b", "/data/m", "/data/m[1]/work/z", "/data/last"].map(at);
  assert.deepEqual(order, [...order].sort((x, y) => x - y));
  assert.equal(progressAt(interview, undefined), 1);
});

test("a counted repeat without instances has no roster", () => {
  const counted = model([question("n", "integer"), repeat("m", [question("x", "text")], { count: at("n") })]);
  const interview = open(counted);
  assert.deepEqual(places(screensOf(interview, interview.root)), ["/data/n"]);
  put(interview, "/data/n", "1");
  assert.deepEqual(places(screensOf(interview, interview.root)), ["/data/n", "/data/m"]);
});

test("one fault a question is shown, and none of what cannot be answered", () => {
  const lists = { c: [{ name: "1" }] };
  const both = question("s", "select_one", { choices: { list: "c" }, constraint: ["=", ["path", "."], 1] });
  const interview = open(model([both, calculate("k", "x", { type: "time" })], { lists }), {}, { s: "2" });
  assert.equal(interview.faults().length, 3);
  assert.deepEqual(faultsToCorrect(interview).map((fault) => fault.path), ["/data/s"]);
});
