import assert from "node:assert/strict";
import { test } from "node:test";
import { ownPaths, without } from "../src/engine/instance.ts";
import type { ModelNode } from "../src/engine/model.ts";
import { line, logFile, needsFiles, screenEvent, TimeLog } from "../src/runner/log.ts";
import type { Model } from "../src/engine/model.ts";

const NODES: ModelNode[] = [
  { name: "member", kind: "repeat", children: [
    { name: "called", kind: "question", type: "text", on_device: true },
    { name: "g", kind: "group", children: [{ name: "nick", kind: "question", type: "text", on_device: true }] },
    { name: "age", kind: "question", type: "integer" },
  ] },
];
const model = (...nodes: ModelNode[]): Model => ({ form: "f", version: "1", title: {}, languages: ["vi"], root: "data", nodes, lists: {} });
const META: ModelNode = { name: "meta", kind: "group", children: [{ name: "audit", kind: "calculate", type: "file" }] };

test("what stays on the phone is taken out of every member, and nothing else", () => {
  const own = ownPaths(NODES, "/data");
  assert.deepEqual(own, ["/data/member/called", "/data/member/g/nick"]);
  const answers = { a: "1", member: [{ called: "Lan", g: { nick: "L" }, age: "3" }, { called: "Bình", age: "4" }] };
  assert.deepEqual(without(answers, own), { a: "1", member: [{ age: "3" }, { age: "4" }] });
  assert.deepEqual(answers.member[0]!.called, "Lan");
});

test("only a form with a log, a photo or a recording needs files", () => {
  assert.equal(needsFiles(model(...NODES)), false);
  assert.equal(needsFiles(model(META)), true);
  assert.equal(needsFiles(model({ name: "g", kind: "group", children: [{ name: "p", kind: "question", type: "image" }] })), true);
});

test("the log has a line for each screen, and says when an interview was opened again", () => {
  const first = new TimeLog(model(META), undefined);
  first.show(undefined);
  const again = new TimeLog(model(META), first.kept);
  const lines = again.finished().trim().split("\n").map((one) => one.split(",").slice(0, 2).join(","));
  assert.deepEqual(lines, ["form start,", "form resume,", "form save,", "form finalize,", "form exit,"]);
  assert.match(new TextDecoder().decode(logFile(line("question", "/data/a", 1, 2))), /^event,node,start,end\nquestion,\/data\/a,1,2\n$/);
  assert.equal(new TimeLog(model(), undefined).finished(), "");
  assert.deepEqual(screenEvent(undefined), ["end screen", ""]);
});
