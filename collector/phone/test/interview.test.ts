/** What an interview does with answers: relevance, calculations, repeats, actions, faults. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, calculate, call, from, group, model, node, open, put, question, repeat, value } from "./build.ts";

test("an irrelevant answer reads as nothing, is kept, and is not sent", () => {
  const form = model([
    question("a", "integer"),
    question("b", "text", { relevant: [">", at("a"), 3] }),
    calculate("c", call("concat", "<", at("b"), ">")),
  ]);
  const interview = open(form);
  put(interview, "/data/a", "5");
  put(interview, "/data/b", "x");
  put(interview, "/data/a", "1");
  assert.equal(value(interview, "/data/c"), "<>");
  assert.deepEqual(interview.answers(), { a: "1", c: "<>" });
  assert.equal(interview.draft()["b"], "x");
  put(interview, "/data/a", "4");
  assert.deepEqual(interview.answers(), { a: "4", b: "x", c: "<x>" });
});

test("a group that is irrelevant is left out as a whole, and so is meta", () => {
  const form = model([
    question("a", "text"),
    group("g", [question("b", "text", { default: "d" })], { relevant: ["=", at("a"), "1"] }),
    group("meta", [{ name: "instanceID", kind: "calculate", type: "text", preload: "uid" }]),
  ]);
  const interview = open(form);
  assert.deepEqual(interview.answers(), {});
  put(interview, "/data/a", "1");
  assert.deepEqual(interview.answers(), { a: "1", g: { b: "d" } });
  assert.equal(value(interview, "/data/meta/instanceID"), "uuid:1");
});

test("irrelevant instances are not in node sets", () => {
  const kid = repeat("k", [question("a", "integer")], { relevant: ["=", from("..", "on"), "1"] });
  const form = model([repeat("m", [question("on", "text"), kid]), calculate("n", call("count", at("m", "k")))]);
  const interview = open(form, {}, { m: [{ on: "1", k: [{ a: "1" }, { a: "2" }] }, { on: "0", k: [{ a: "3" }] }] });
  assert.equal(value(interview, "/data/n"), "2");
  assert.deepEqual(interview.answers(), { m: [{ on: "1", k: [{ a: "1" }, { a: "2" }] }, { on: "0" }], n: "2" });
  put(interview, "/data/m[2]/on", "1");
  assert.equal(value(interview, "/data/n"), "3");
});

test("calculations that are written in the wrong order come to rest", () => {
  const names = Array.from({ length: 15 }, (_, i) => `c${i}`);
  const chain = names.map((name, i) => calculate(name, i === 14 ? at("a") : ["+", at(`c${i + 1}`), 1]));
  const interview = open(model([...chain, question("a", "integer")]));
  put(interview, "/data/a", "1");
  assert.equal(value(interview, "/data/c0"), "15");
});

test("once keeps its value", () => {
  let n = 0;
  const form = model([question("a", "text"), calculate("r", call("once", call("random")))]);
  const interview = open(form, {}, undefined, { random: () => ++n / 10 });
  put(interview, "/data/a", "x");
  assert.equal(value(interview, "/data/r"), "0.1");
});

test("inside a repeat an absolute path means the own instance, the repeat itself all of them", () => {
  const form = model([
    repeat("m", [
      question("a", "integer"),
      calculate("own", at("m", "a")),
      calculate("all", call("count", at("m"))),
      calculate("others", call("sum", at(["m", call("true")], "a"))),
      calculate("pos", call("position", from(".."))),
      calculate("before", call("indexed-repeat", at("m", "a"), at("m"), ["-", call("position", from("..")), 1])),
    ]),
  ]);
  const interview = open(form, {}, { m: [{ a: "10" }, { a: "20" }] });
  const read = (name: string): string[] => [1, 2].map((n) => value(interview, `/data/m[${n}]/${name}`));
  assert.deepEqual(read("own"), ["10", "20"]);
  assert.deepEqual(read("all"), ["2", "2"]);
  assert.deepEqual(read("others"), ["30", "30"]);
  assert.deepEqual(read("pos"), ["1", "2"]);
  assert.deepEqual(read("before"), ["", "10"]);
});

test("a new form has one instance of an open repeat; members are added and removed", () => {
  const m = repeat("m", [question("a", "integer"), question("d", "text", { default: "x" })]);
  const interview = open(model([m, calculate("s", call("sum", at("m", "a")))]));
  put(interview, "/data/m[1]/a", "1");
  const second = interview.addMember(interview.root, m);
  interview.answer(second.all("a")[0]!, "2");
  assert.equal(value(interview, "/data/s"), "3");
  assert.equal(value(interview, "/data/m[2]/d"), "x");
  interview.removeMember(node(interview, "/data/m[1]"));
  assert.deepEqual(interview.answers(), { m: [{ a: "2", d: "x" }], s: "2" });
});

test("repeat_count makes and drops instances, and answers come back when it grows again", () => {
  const form = model([question("n", "integer"), repeat("m", [question("a", "text")], { count: at("n") })]);
  const interview = open(form);
  assert.deepEqual(interview.answers(), {});
  put(interview, "/data/n", "2");
  put(interview, "/data/m[2]/a", "kept");
  put(interview, "/data/n", "1");
  assert.deepEqual(interview.answers(), { n: "1", m: [{}] });
  const again = open(form, {}, interview.draft());
  put(again, "/data/n", "2");
  assert.equal(value(again, "/data/m[2]/a"), "kept");
});

test("a member of a counted repeat that is removed begins anew at its place", () => {
  const m = repeat("m", [question("a", "text"), question("d", "text", { default: "x" })], { count: at("n") });
  const interview = open(model([question("n", "integer"), m]));
  put(interview, "/data/n", "2");
  put(interview, "/data/m[1]/a", "gone");
  put(interview, "/data/m[2]/a", "kept");
  interview.removeMember(node(interview, "/data/m[1]"));
  assert.deepEqual(interview.answers(), { n: "2", m: [{ d: "x" }, { a: "kept", d: "x" }] });
});

test("a draft resumes with every answer, defaults that were cleared stay cleared", () => {
  const form = model([question("a", "text", { default: "x" }), question("b", "text")]);
  const interview = open(form);
  put(interview, "/data/a", "");
  put(interview, "/data/b", "y");
  assert.deepEqual(open(form, {}, interview.draft()).answers(), { b: "y" });
});

test("actions: first-load, value-changed, new-repeat", () => {
  const m = repeat("m", [question("d", "date")], {
    set: [{ event: "new-repeat", ref: "/data/m/d", value: call("today") }],
  });
  const trigger = { event: "value-changed", ref: "/data/b", value: ["+", at("a"), 1], trigger: "/data/a" } as const;
  const form = model([question("a", "integer", { set: [trigger] }), question("b", "integer"), m], {
    set: [
      { event: "first-load", ref: "/data/a", value: "7" },
      { event: "first-load", ref: "/data/m/d", value: call("today") },
    ],
  });
  const interview = open(form);
  assert.deepEqual(interview.answers(), { a: "7", m: [{ d: "2026-11-22" }] });
  put(interview, "/data/a", "8");
  assert.equal(value(interview, "/data/b"), "9");
  put(interview, "/data/b", "1");
  put(interview, "/data/m[1]/d", "");
  interview.addMember(interview.root, m);
  assert.equal(value(interview, "/data/m[2]/d"), "2026-11-22");
  const resumed = open(form, {}, interview.draft());
  assert.equal(value(resumed, "/data/b"), "1");
  assert.equal(value(resumed, "/data/m[1]/d"), "");
});

test("metadata: start, today, end, user", () => {
  const meta = (name: string, preload: string) => ({ name, kind: "calculate", type: "text", preload }) as const;
  const form = model([meta("start", "start"), meta("end", "end"), meta("today", "today"), meta("u", "username")]);
  let clock = new Date("2026-11-22T08:00:00");
  const interview = open(form, {}, undefined, { now: () => clock });
  clock = new Date("2026-11-22T09:00:00");
  interview.finish();
  assert.match(value(interview, "/data/start"), /^2026-11-22T08:00:00\.000[+-]\d\d:\d\d$/);
  assert.match(value(interview, "/data/end"), /^2026-11-22T09:00:00\.000[+-]\d\d:\d\d$/);
  assert.equal(value(interview, "/data/today"), "2026-11-22");
  assert.equal(value(interview, "/data/u"), "lan");
});

test("faults: required, type, choice, constraint, each with the sheet's message", () => {
  const lists = { c: [{ name: "1", p: "a" }, { name: "2", p: "b" }] };
  const form = model(
    [
      question("r", "text", { required: true, required_msg: { vi: "Cần", en: "Needed" } }),
      question("i", "integer"),
      question("d", "date"),
      question("p", "text"),
      question("s", "select_one", { choices: { list: "c", filter: ["=", from("p"), at("p")] } }),
      question("k", "integer", { constraint: ["<", from(), 10], constraint_msg: { vi: "Dưới 10", en: "Below 10" } }),
      question("ro", "text", { required: true, readonly: true }),
      question("hid", "text", { required: true, relevant: call("false") }),
    ],
    { lists },
  );
  const interview = open(form, {}, { i: "1,5", d: "2026-02-30", p: "a", s: "2", k: "12" });
  const found = interview.faults().map(({ code, path }) => `${code} ${path}`);
  assert.deepEqual(found, ["required /data/r", "type /data/i", "type /data/d", "choice /data/s", "constraint /data/k"]);
  assert.equal(interview.faults()[0]!.message?.["vi"], "Cần");
  put(interview, "/data/s", "1");
  assert.equal(interview.faultOf(node(interview, "/data/s")), undefined);
});

test("required and constraint are not asked of blanks alone, nor kept as answers", () => {
  const interview = open(model([question("a", "text", { required: true, constraint: call("false") })]));
  put(interview, "/data/a", "  ");
  assert.deepEqual(interview.faults().map((fault) => fault.code), ["required"]);
  assert.deepEqual(interview.answers(), {});
});

test("choices: a filter on a file, judged with the present answers", () => {
  const rows = [{ name: "1", label: "Một", v: "A" }, { name: "2", label: "Hai", v: "B" }];
  const form = model(
    [
      question("v", "text"),
      question("h", "select_one", {
        choices: { file: "hh", value: "name", label: "label", filter: ["=", from("v"), at("v")] },
      }),
    ],
    { files: { hh: "hh.csv" } },
  );
  const interview = open(form, { "hh.csv": rows });
  put(interview, "/data/v", "B");
  assert.deepEqual(interview.choices(node(interview, "/data/h")).map((c) => [c.name, c.label]), [["2", "Hai"]]);
});

test("labels: computed parts, choice names in the language asked, a decimal comma in Vietnamese", () => {
  const lists = { sex: [{ name: "2", label: { vi: "Nữ", en: "Female" } }] };
  const label = {
    vi: ["Số ", ["out", ["div", 5, 2]], " ", ["out", call("jr:choice-name", at("s"), "/data/s")]],
    en: ["No. ", ["out", ["div", 5, 2]], " ", ["out", call("jr:choice-name", at("s"), "/data/s")]],
  } as const;
  const form = model([question("s", "select_one", { choices: { list: "sex" } }), question("q", "text", { label })], { lists });
  const interview = open(form);
  put(interview, "/data/s", "2");
  const q = node(interview, "/data/q");
  assert.equal(interview.text(label, "vi", q), "Số 2,5 Nữ");
  assert.equal(interview.text(label, "en", q), "No. 2.5 Female");
  assert.equal(interview.text({ vi: "Chỉ có", en: "Only" }, "hmn", q), "Chỉ có");
});

test("answers are stored in one form of their accents, without what XML cannot hold", () => {
  const interview = open(model([question("a", "text")]));
  put(interview, "/data/a", "Ba\u0300 \u0007Ba");
  assert.equal(value(interview, "/data/a"), "B\u00e0 Ba");
});

test("a calculated value is held in its type", () => {
  const calc = (name: string, type: string, tree: Parameters<typeof calculate>[1]) => calculate(name, tree, { type });
  const form = model([calc("i", "integer", 2.7), calc("w", "integer", "năm"), calc("d", "date", "2026-01-05T07:00:00")]);
  assert.deepEqual(open(form).answers(), { i: "2", d: "2026-01-05" });
});

test("what a person writes over a calculated answer stays until the calculation changes", () => {
  const form = model([question("a", "integer"), question("b", "integer", { calculate: ["+", at("a"), 1] })]);
  const interview = open(form);
  put(interview, "/data/a", "1");
  put(interview, "/data/b", "50");
  assert.equal(value(open(form, {}, interview.draft()), "/data/b"), "50");
  put(interview, "/data/a", "1");
  assert.equal(value(interview, "/data/b"), "50");
  put(interview, "/data/a", "2");
  assert.equal(value(interview, "/data/b"), "3");
});
