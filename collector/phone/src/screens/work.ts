/** What the lists show: the phone's own entries and the server's reports, brought together. Pure. */

import type { Draft, Entry, Report, ServerFault } from "../store/types.ts";

/** One line of the list of finished interviews. */
export interface Work {
  readonly id: string;
  readonly entry?: Entry;
  readonly report?: Report;
}

/**
 * Interviews that wait for the person: refused by the server, or returned by an officer. One of which the
 * server has two contents waits for an officer, who has both.
 */
export function needsAttention(entries: readonly Entry[], reports: readonly Report[], drafts: readonly Draft[]): Work[] {
  const refused = entries.filter(({ state }) => state === "faulty" || state === "refused");
  return [
    ...refused.map((entry) => ({ id: entry.id, entry })),
    ...returned(entries, reports, drafts).map((report) => ({ id: idOf(report), report })),
  ];
}

/** Returned interviews that nobody has begun to correct on this phone. */
export function returned(entries: readonly Entry[], reports: readonly Report[], drafts: readonly Draft[]): Report[] {
  const answered = new Set([...entries, ...drafts].map((item) => item.deprecatedId));
  return reports.filter((report) => report.state === "returned" && !report.superseded && !answered.has(report.instance_id));
}

/** What stands at which question of a returned interview: first what an officer asks again, with the reason. */
export function faultsOfReturn({ questions = [], faults = [], reason }: Report): ServerFault[] {
  const asked = questions.map((path) => {
    const fault = faults.find((one) => one.path === path);
    const message = [reason, fault?.message].filter(Boolean).join(" – ");
    return { ...fault, code: "asked", path, message };
  });
  return [...asked, ...faults.filter(({ path }) => !questions.includes(path))];
}

/** What was sent, newest first: each with the server's latest word on it. */
export function sentWork(entries: readonly Entry[], reports: readonly Report[]): Work[] {
  const byId = new Map(reports.map((report) => [idOf(report), report]));
  const own = entries.filter(({ state }) => state === "sent" || state === "conflict");
  // Of an interview whose reply was lost the server knows already; it is sent again, and shown as waiting.
  const ownIds = new Set(entries.map((entry) => entry.id));
  const work = [
    ...own.map((entry) => ({ id: entry.id, entry, ...reportOf(byId, entry.id) })),
    ...reports.filter((report) => !ownIds.has(idOf(report))).map((report) => ({ id: idOf(report), report })),
  ];
  return work.sort((a, b) => timeOf(b).localeCompare(timeOf(a)));
}

function reportOf(byId: ReadonlyMap<string, Report>, id: string): { report?: Report } {
  const report = byId.get(id);
  return report ? { report } : {};
}

/** When an interview reached the server, or was finished. */
export function timeOf({ entry, report }: Work): string {
  return report?.received_at ?? entry?.receivedAt ?? entry?.finished ?? "";
}

const idOf = (report: Report): string => report.instance_id.replace(/^uuid:/, "");
