/** What becomes of a finished interview after each reply a server, a proxy or a network can give. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { clockIsWrong } from "../src/net/time.ts";
import { outcome, waitAfter } from "../src/net/outcome.ts";
import { replyOf, type Reply } from "../src/net/reply.ts";
import { faultsOfReturn, needsAttention, returned, sentWork } from "../src/screens/work.ts";
import type { Draft, Entry, Report, ServerFault } from "../src/store/types.ts";

const entry: Entry = { id: "1", owner: "lan", form: "f", version: "1", finished: "2026-11-22T01:00:00Z", summary: "", state: "waiting" };
const reply = (status: number, body: Record<string, unknown> = {}): Reply => ({ kind: "reply", status, body });

const CASES: readonly (readonly [string, Reply, Entry["state"], string | undefined])[] = [
  ["stored", reply(201, { state: "stored", received_at: "2026-11-22T02:00:00Z" }), "sent", undefined],
  ["stored before", reply(201, { duplicate: true }), "sent", undefined],
  ["a page of another network with 200", reply(200, { hello: "world" }), "waiting", "portal"],
  ["signed out", reply(401), "waiting", "sign-in"],
  ["faults", reply(422, { faults: [] }), "faulty", undefined],
  ["conflict", reply(409, { message: "khác" }), "conflict", undefined],
  ["not allowed", reply(403), "refused", undefined],
  ["unknown form", reply(404), "refused", undefined],
  ["too large", reply(413), "refused", undefined],
  ["malformed", reply(400), "refused", undefined],
  ["too slow for the server", reply(408), "waiting", "server"],
  ["too many", reply(429), "waiting", "server"],
  ["broken", reply(500), "waiting", "server"],
  ["down", reply(503), "waiting", "server"],
  ["a proxy waited in vain", reply(504), "waiting", "server"],
  ["no network", { kind: "none", why: "network" }, "waiting", "network"],
  ["no answer", { kind: "none", why: "timeout" }, "waiting", "timeout"],
  ["a captive portal", { kind: "none", why: "not-ours" }, "waiting", "portal"],
];

for (const [what, got, state, halt] of CASES) {
  test(what, () => {
    const after = outcome(entry, got);
    assert.equal(after.entry.state, state);
    assert.equal(after.halt, halt);
  });
}

test("a reply counts where it is the service's own: a page or a refusal without a code is not", () => {
  const kinds = (status: number, body: unknown): string => replyOf(status, body).kind;
  assert.deepEqual([200, 302, 401, 404, 511].map((status) => kinds(status, undefined)), Array(5).fill("none"));
  assert.deepEqual([401, 403, 404, 409].map((status) => kinds(status, { error: "x" })), Array(4).fill("none"));
  assert.deepEqual([413, 500, 503].map((status) => kinds(status, undefined)), Array(3).fill("reply"));
  assert.deepEqual([401, 404, 422].map((status) => kinds(status, { code: "x" })), Array(3).fill("reply"));
});

test("the clock is wrong years off, set back since, and right within minutes", () => {
  const day = 86_400_000;
  const now = Date.UTC(2026, 10, 22);
  assert.equal(clockIsWrong({ server: now, phone: now - 3 * 365 * day }, now), true);
  assert.equal(clockIsWrong({ server: now, phone: now + 60_000 }, now + day), false);
  assert.equal(clockIsWrong({ server: now, phone: now }, now - day), true);
});

test("faults and messages are kept with what came back, and gone once it is sent", () => {
  const faults = [{ code: "required", path: "/data/a", message: "Cần" }];
  const back = outcome(entry, reply(422, { message: "Có lỗi", faults })).entry;
  assert.deepEqual([back.message, back.faults], ["Có lỗi", faults]);
  const sent = outcome(back, reply(201, { received_at: "t" })).entry;
  assert.deepEqual([sent.message, sent.faults, sent.receivedAt], [undefined, undefined, "t"]);
});

test("waiting doubles, stays within a quarter of an hour, and leaves half to chance", () => {
  assert.deepEqual([1, 2, 3].map((n) => waitAfter(n, 1)), [5, 10, 20]);
  assert.equal(waitAfter(1, 0), 2.5);
  assert.equal(waitAfter(1000, 1), 900);
});

const report = (id: string, state: Report["state"]): Report => ({
  instance_id: `uuid:${id}`, form: "f", version: "1", received_at: `2026-11-2${id}T00:00:00Z`, state,
});
const draft: Draft = {
  id: "9", owner: "lan", form: "f", version: "1", created: "", updated: "", place: "", summary: "", progress: 0, deprecatedId: "uuid:3",
};

test("a returned interview asks for attention until its correction is begun or sent", () => {
  const reports = [report("2", "returned"), report("3", "returned"), report("4", "stored")];
  assert.deepEqual(returned([], reports, [draft]).map((r) => r.instance_id), ["uuid:2"]);
  assert.deepEqual(returned([{ ...entry, deprecatedId: "uuid:2" }], reports, [draft]), []);
  const work = needsAttention([{ ...entry, state: "faulty" }, entry], reports, [draft]);
  assert.deepEqual(work.map(({ id }) => id), ["1", "2"]);
});

test("what the server keeps twice waits for an officer, not for the person", () => {
  const twice: Entry = { ...entry, state: "conflict" };
  assert.deepEqual(needsAttention([twice], [], []), []);
  assert.deepEqual(sentWork([twice], []).map(({ id }) => id), ["1"]);
});

test("what was sent carries the server's latest word, once, newest first", () => {
  const work = sentWork([{ ...entry, state: "sent" }], [report("1", "accepted"), report("2", "stored")]);
  assert.deepEqual(work.map((w) => [w.id, w.report?.state, w.entry?.id]), [["2", "stored", undefined], ["1", "accepted", "1"]]);
  assert.deepEqual(sentWork([entry], [report("1", "stored")]), []);
});

test("a question that is asked again comes first, with the reason and what else speaks against it", () => {
  const fault = (path: string): ServerFault => ({ code: "constraint", path, label: "Tuổi", message: "Từ 0 đến 120." });
  const report: Report = {
    instance_id: "uuid:1", form: "f", version: "1", received_at: "2026-11-22T02:00:00Z", state: "returned",
    reason: "Hỏi lại", questions: ["/data/b", "/data/c"], faults: [fault("/data/a"), fault("/data/c")],
  };
  assert.deepEqual(faultsOfReturn(report).map(({ code, path, message }) => [code, path, message]), [
    ["asked", "/data/b", "Hỏi lại"],
    ["asked", "/data/c", "Hỏi lại – Từ 0 đến 120."],
    ["constraint", "/data/a", "Từ 0 đến 120."],
  ]);
  const { questions: _, reason: __, ...plain } = report;
  assert.deepEqual(faultsOfReturn(plain), report.faults);
});
