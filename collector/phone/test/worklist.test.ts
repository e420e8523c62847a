/** "My work": the server's word and what the phone knows beyond it, brought together. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { aboutOf } from "../src/runner/about.ts";
import { shortDay } from "../src/worklist/days.ts";
import { dayOf, findCode, householdsOf, isLeft, mondayOf, nextOf, weekOf, type Household } from "../src/worklist/households.ts";
import { duesOf, partsOf } from "../src/worklist/periods.ts";
import type { Phone } from "../src/worklist/phone.ts";
import { WORDS } from "../src/worklist/words.ts";
import type { About, AssignedHousehold, Draft, DuePeriod, Entry, KeptWork, Report } from "../src/store/types.ts";

const TODAY = "2026-11-20"; // a Friday
const ABOUT = { village: "village", household: "household", period: "today" };

const row = (code: string, more: Partial<AssignedHousehold> = {}): AssignedHousehold => ({
  village: "T1", code, order: Number(code), role: "sample", state: "to-visit", visits: 0, last: null, ...more,
});

const work = (households: readonly AssignedHousehold[], more: Partial<KeptWork["assignment"]> = {}, counted: readonly string[] = []): KeptWork => ({
  tag: '"1"',
  counted,
  assignment: {
    draw: { id: 3, title: "Khảo sát 2026", period: "2026", census: false },
    households,
    months: [],
    week: { from: "2026-11-16", done: 7, visits: 11 },
    ...more,
  },
});

const about = (code: string, result: string, more: Partial<About> = {}): About => ({
  village: "T1", household: code, period: TODAY, visit: 1, result, ...more,
});

const entry = (id: string, form: string, what: About, state: Entry["state"] = "waiting", finished = `${TODAY}T02:00:00Z`): Entry => ({
  id, owner: "lan", form, version: "1", finished, summary: "", state, about: what,
});

const draft = (id: string, form: string, what: About, more: Partial<Draft> = {}): Draft => ({
  id, owner: "lan", form, version: "1", created: "", updated: "", place: "", summary: "", progress: 0.5, about: what, ...more,
});

const returned = (id: string, form: string, more: Partial<Report> = {}): Report => ({
  instance_id: `uuid:${id}`, form, version: "1", received_at: "2026-11-19T02:00:00Z", state: "returned", reason: "Hỏi lại", ...more,
});

const phone = (more: Partial<Phone> = {}): Phone => ({
  drafts: [], entries: [], reports: [], formOf: () => ({ about: ABOUT }), ...more,
});

const short = ({ code, state, visits, waits, draft: begun, back }: Household): unknown[] => [
  code, state, visits, waits, begun?.id, back?.id,
];

test("without anything on the phone the list is the server's, in its order", () => {
  const rows = [row("002", { state: "visited", visits: 1, last: "2026-11-18" }), row("001")];
  assert.deepEqual(householdsOf(work(rows), phone()).map(short), [
    ["002", "visited", 1, false, undefined, undefined],
    ["001", "to-visit", 0, false, undefined, undefined],
  ]);
});

const FACTS: readonly (readonly [what: string, form: string, result: string, state: string])[] = [
  ["a complete interview", "household", "1", "done"],
  ["an interview that is partly done", "household", "2", "visited"],
  ["a household that refused consent", "household", "3", "refused"],
  ["nobody home, by the interview's form", "household", "4", "visited"],
  ["nobody home", "visit", "4", "visited"],
  ["come back later", "visit", "7", "visited"],
  ["refused", "visit", "3", "refused"],
  ["moved away", "visit", "6", "moved"],
  ["no household", "visit", "5", "other"],
  ["another reason", "visit", "8", "other"],
];
for (const [what, form, result, state] of FACTS) {
  test(`not sent yet: ${what}`, () => {
    const entries = [entry("a", form, about("001", result, { visit: 2 }))];
    const [found] = householdsOf(work([row("001", { visits: 1, state: "visited", last: "2026-11-18" })]), phone({ entries }));
    assert.deepEqual([found!.state, found!.visits, found!.waits, found!.last], [state, 2, true, TODAY]);
  });
}

test("what was sent after the server was asked still counts, and what it counted does not count twice", () => {
  const entries = [entry("a", "visit", about("001", "4"), "sent"), entry("b", "visit", about("002", "4"), "sent")];
  const rows = [row("001"), row("002", { state: "visited", visits: 1, last: TODAY })];
  assert.deepEqual(householdsOf(work(rows, {}, ["b"]), phone({ entries })).map(short), [
    ["001", "visited", 1, false, undefined, undefined],
    ["002", "visited", 1, false, undefined, undefined],
  ]);
});

test("a complete interview decides, whatever came after it, here or at the server", () => {
  const entries = [
    entry("a", "visit", about("001", "4", { period: "2026-11-19" })),
    entry("b", "household", about("001", "1", { period: "2026-11-18" })),
    entry("c", "visit", about("002", "3")),
  ];
  const rows = [row("001"), row("002", { state: "done", visits: 1, last: "2026-11-17" })];
  const states = householdsOf(work(rows), phone({ entries })).map(({ state, visits }) => [state, visits]);
  assert.deepEqual(states, [["done", 2], ["done", 2]]);
});

test("two forms of one day are one visit; an older visit than the server's latest changes no state", () => {
  const entries = [
    entry("a", "household", about("001", "2")),
    entry("b", "visit", about("001", "7")),
    entry("c", "visit", about("002", "3", { period: "2026-11-10" })),
    entry("d", "visit", about("003", "3")),
  ];
  const rows = [row("001"), row("002", { state: "moved", visits: 1, last: "2026-11-18" }), row("003", { state: "visited", visits: 1, last: TODAY })];
  const found = householdsOf(work(rows), phone({ entries })).map(({ state, visits, last }) => [state, visits, last]);
  assert.deepEqual(found, [["visited", 1, TODAY], ["moved", 2, "2026-11-18"], ["refused", 1, TODAY]]);
});

test("a draft, a refused form and a returned one stand at their household", () => {
  const faulty = entry("f", "household", about("002", "1"), "faulty");
  const sent = entry("s", "household", about("003", "1"), "sent");
  const answers = { household: "new", household_new: "004", village: "T1", visit_no: "1" };
  const found = householdsOf(
    work(["001", "002", "003", "004"].map((code) => row(code)), {}, ["s"]),
    phone({
      drafts: [draft("d", "household", about("001", "")), draft("x", "births", { period: "2026-11" })],
      entries: [faulty, sent],
      reports: [returned("s", "household"), returned("elsewhere", "visit", { answers })],
    }),
  );
  assert.deepEqual(found.map(({ draft: begun, back }) => begun?.id ?? back?.id), ["d", "f", "s", "elsewhere"]);
  assert.ok(found.every(isLeft));
  assert.deepEqual(found.map(({ state }) => state), Array(4).fill("to-visit"));
});

test("a household that is not on the list comes behind it, once, and forms of other kinds add none", () => {
  const entries = [entry("a", "visit", about("M01", "4")), entry("b", "backcheck", about("M09", "1")), entry("c", "backcheck", about("M08", "1"), "faulty")];
  const found = householdsOf(work([row("001")]), phone({ entries, drafts: [draft("d", "household", about("M01", ""))] }));
  assert.deepEqual(found.map(({ code, role, visits, draft: begun }) => [code, role, visits, begun?.id]), [
    ["001", "sample", 0, undefined],
    ["M01", "added", 1, "d"],
  ]);
});

test("the same code in two villages is two households", () => {
  const found = householdsOf(work([row("001"), row("001", { village: "T2" })]), phone({ entries: [entry("a", "visit", about("001", "3"))] }));
  assert.deepEqual(found.map(({ village, state }) => [village, state]), [["T1", "refused"], ["T2", "to-visit"]]);
});

test("next: the least visited in walking order, not again today, what is begun last", () => {
  const rows = [
    row("001", { state: "done", visits: 1 }),
    row("002", { state: "visited", visits: 1, last: TODAY }),
    row("003", { state: "visited", visits: 2, last: "2026-11-18" }),
    row("004", { state: "visited", visits: 1, last: "2026-11-18" }),
    row("005"),
    row("006"),
    row("007", { state: "visited", visits: 3, last: "2026-11-18" }),
  ];
  const order: string[] = [];
  let entries: Entry[] = [];
  for (;;) {
    const next = nextOf(householdsOf(work(rows), phone({ entries, drafts: [draft("d", "household", about("005", ""))] })), TODAY);
    if (!next || order.includes(next.code)) break;
    order.push(next.code);
    entries = [...entries, entry(next.code, "household", about(next.code, "1"))];
  }
  assert.deepEqual(order, ["006", "004", "003", "002", "005"]);
});

test("three visits are enough: the household is left no more, unless something is begun", () => {
  const often = row("001", { state: "visited", visits: 3 });
  const [without] = householdsOf(work([often]), phone());
  const [begun] = householdsOf(work([often]), phone({ drafts: [draft("d", "household", about("001", ""))] }));
  assert.deepEqual([isLeft(without!), isLeft(begun!)], [false, true]);
});

test("a code is the same however it is written", () => {
  const found = householdsOf(work([row("AK01-003")]), phone());
  for (const typed of ["AK01-003", "ak01-003", " AK01 003 ", "ak01003"]) assert.equal(findCode(found, typed)?.code, "AK01-003");
  assert.equal(findCode(found, "AK01-0033"), undefined);
});

test("the week: what the server counted and what it has not; a new Monday begins at nothing", () => {
  const entries = [
    entry("a", "household", about("001", "1")),
    entry("b", "visit", about("002", "4"), "sent"),
    entry("c", "visit", about("003", "4"), "sent"),
    entry("old", "visit", about("004", "4", { period: "2026-11-13" })),
  ];
  assert.deepEqual(weekOf(work([], {}, ["c"]), entries, TODAY), { done: 8, visits: 13, waiting: 2 });
  assert.deepEqual(weekOf(work([], {}, ["c"]), entries, "2026-11-23"), { done: 0, visits: 0, waiting: 0 });
  assert.deepEqual(["2026-11-16", "2026-11-22", "2026-11-23"].map(mondayOf), ["2026-11-16", "2026-11-16", "2026-11-23"]);
  assert.equal(dayOf(new Date("2026-11-22T17:00:00Z")), "2026-11-23");
});

const month = (form: string, period: string, due: string, more: Partial<DuePeriod> = {}): DuePeriod => ({
  form, period, due, title: { vi: form, en: form }, late: due < TODAY, sent: false, ...more,
});

test("months: what came back, then late, then begun, then by the day; sent last", () => {
  const months = [
    month("births_month", "2026-09", "2026-10-05", { sent: true, late: false }),
    month("births_month", "2026-11", "2026-12-05"),
    month("births_month", "2026-12", "2027-01-05"),
    month("police_year", "2026", "2026-11-19", { late: false }),
    month("births_month", "2026-10", "2026-11-05"),
    month("economy_year", "2026", "2026-11-29"), // sent, counted, and owed all the same: it was excluded
    month("culture_quarter", "2026-Q3", "2026-11-30"),
    month("school_year", "2026", "2026-11-25"),
    month("social_year", "2026", "2026-11-26"),
  ];
  const found = duesOf(
    work([], { months }, ["x"]),
    phone({
      drafts: [draft("d", "births_month", { period: "2026-12-01" })],
      entries: [
        entry("w", "culture_quarter", { period: "2026-Q3" }),
        entry("s", "social_year", { period: "2026" }, "sent"),
        entry("x", "economy_year", { period: "2026" }, "sent"),
      ],
      reports: [returned("r", "school_year", { answers: { today: "2026" } })],
    }),
    TODAY,
  );
  assert.deepEqual(found.map(({ form, period, standing }) => `${form} ${period} ${standing}`), [
    "school_year 2026 back",
    "births_month 2026-10 late",
    "police_year 2026 late",
    "births_month 2026-12 draft",
    "economy_year 2026 due",
    "births_month 2026-11 due",
    "culture_quarter 2026-Q3 waits",
    "births_month 2026-09 sent",
    "social_year 2026 sent",
  ]);
  assert.equal(found.find(({ standing }) => standing === "draft")?.draft?.id, "d");
});

test("the parts of a period, as forms ask for them", () => {
  assert.deepEqual(partsOf("2026"), { year: "2026" });
  assert.deepEqual(partsOf("2026-Q2"), { year: "2026", quarter: "2" });
  assert.deepEqual(partsOf("2026-05"), { year: "2026", month: "5" });
  assert.deepEqual(partsOf("someday"), {});
});

test("what an interview is about: by its settings, in groups too, a new household by its own code", () => {
  const model = { about: ABOUT };
  assert.deepEqual(aboutOf(model, { cover: { household: "001", visit_no: "2" }, village: "T1", today: TODAY, result: "4" }), {
    period: TODAY, village: "T1", household: "001", visit: 2, result: "4",
  });
  assert.deepEqual(aboutOf(model, { household: "new", household_new: "M01", village: "T1" }), { village: "T1", household: "M01" });
  assert.deepEqual(aboutOf(model, { household: "new" }), {});
  assert.deepEqual(aboutOf({ about: { period: "ym", unit: "unit" } }, { ym: "2026-10", unit: "tram", visit_no: "1" }), {
    period: "2026-10", unit: "tram",
  });
  assert.deepEqual(aboutOf({}, { household: "001" }), {});
  assert.deepEqual(aboutOf(model, { member: [{ household: "x", village: "T1" }] }), {});
});

test("days: the year only where it is another", () => {
  assert.deepEqual([shortDay("2026-11-05", "vi", TODAY), shortDay("2025-11-05", "vi", TODAY)], ["5/11", "5/11/2025"]);
  assert.deepEqual([shortDay("2026-11-05", "en", TODAY), shortDay("2025-11-05", "en", TODAY)], ["5 Nov", "5 Nov 2025"]);
});

test("every sentence of My work has both languages and the same names to fill in", () => {
  for (const [key, [vi, en]] of Object.entries(WORDS)) {
    const names = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    for (const form of en.split("|")) assert.deepEqual(names(form), names(vi), key);
    assert.equal(vi, vi.normalize("NFC"), key);
  }
});
