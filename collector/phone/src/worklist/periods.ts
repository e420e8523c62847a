/** Where each return stands that a unit owes: the server's word, and what the phone knows beyond it. Pure. */

import { needsAttention, type Work } from "../screens/work.ts";
import type { About, Draft, DuePeriod, KeptWork } from "../store/types.ts";
import { subjectOf, type Phone } from "./phone.ts";

export type Standing = "back" | "late" | "due" | "draft" | "waits" | "sent";

export interface Due extends DuePeriod {
  readonly standing: Standing;
  readonly draft: Draft | undefined;
  readonly back: Work | undefined;
}

/** What needs the person first: sent back, late, then by the day it is due; what is sent last. */
const ORDER: readonly Standing[] = ["back", "late", "draft", "due", "waits", "sent"];

export function duesOf(work: KeptWork, phone: Phone, today: string): Due[] {
  const attention = needsAttention(phone.entries, phone.reports, phone.drafts);
  const dues = work.assignment.months.map((month): Due => {
    const draft = phone.drafts.find(({ form, about }) => form === month.form && isFor(about, month.period));
    const back = attention.find((one) => (one.entry ?? one.report)?.form === month.form && isFor(subjectOf(one, phone), month.period));
    return { ...month, draft, back, standing: standing(month, work, phone, draft, back, today) };
  });
  const rank = ({ standing: state }: Due): number => ORDER.indexOf(state);
  return dues.sort((a, b) => rank(a) - rank(b) || a.due.localeCompare(b.due));
}

function standing(
  month: DuePeriod,
  { counted }: KeptWork,
  phone: Phone,
  draft: Draft | undefined,
  back: Work | undefined,
  today: string,
): Standing {
  if (back) return "back";
  const entries = phone.entries.filter(({ form, about }) => form === month.form && isFor(about, month.period));
  if (entries.some(({ state }) => state === "waiting")) return "waits";
  if (entries.some(({ state, id }) => state === "sent" && !counted.includes(id))) return "sent";
  if (draft) return month.late || month.due < today ? "late" : "draft";
  if (month.sent) return "sent";
  return month.late || month.due < today ? "late" : "due";
}

/** Whether answers are about a period: a month's answer may be a whole day. */
const isFor = (about: About | undefined, period: string): boolean => about?.period?.slice(0, period.length) === period;

/** "2026-Q2" as the answers of a form that asks for the parts of its period. */
export function partsOf(period: string): Readonly<Record<string, string>> {
  const found = /^(\d{4})(?:-Q([1-4])|-(\d{2}))?$/.exec(period);
  if (!found) return {};
  const [, year = "", quarter, month] = found;
  return { year, ...(quarter ? { quarter } : {}), ...(month ? { month: String(Number(month)) } : {}) };
}
