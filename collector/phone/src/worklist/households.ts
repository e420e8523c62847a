/** Where each household stands: the server's word, and what the phone knows beyond it. Pure. */

import { needsAttention, type Work } from "../screens/work.ts";
import type { About, AssignedHousehold, Draft, Entry, HouseholdState, KeptWork } from "../store/types.ts";
import { subjectOf, type Phone } from "./phone.ts";

/** The form that asks a household, and the one that says that nobody could be asked. */
export const INTERVIEW = "household";
export const VISIT = "visit";
export const MOST_VISITS = 3;
const COMPLETE = "1";

/** The results of both forms, as the server reads them; any other means: to be visited again. */
const STATES: Readonly<Record<string, HouseholdState>> = { "3": "refused", "5": "other", "6": "moved", "8": "other" };

export interface Household extends AssignedHousehold {
  /** Whether the state is more than the server knows: it waits to be sent, or was just sent. */
  readonly waits: boolean;
  /** What is being filled for it. */
  readonly draft: Draft | undefined;
  /** What came back for it: refused by the server, or returned by an officer. */
  readonly back: Work | undefined;
}

/** An interview or a visit that the server has not counted yet. */
interface Fact {
  readonly form: string;
  readonly about: About;
  readonly day: string;
  readonly waits: boolean;
}

/** The households of the list in walking order, then those that were added on the phone. */
export function householdsOf(work: KeptWork, phone: Phone): Household[] {
  const facts = group(factsOf(work, phone.entries), ({ about }) => keyOf(about));
  const drafts = group(phone.drafts.filter(isVisit), ({ about }) => keyOf(about ?? {}));
  const back = group(needsAttention(phone.entries, phone.reports, phone.drafts), (one) => isVisit(one.entry ?? one.report!) ? keyOf(subjectOf(one, phone)) : "");
  const listed = work.assignment.households;
  const known = new Set(listed.map(keyOfRow));
  const found = new Set([...facts.keys(), ...drafts.keys(), ...back.keys()].filter((key) => key && !known.has(key)));
  const rows = [...listed, ...[...found].sort().map((key, i) => added(key, listed.length + i + 1))];
  return rows.map((row) => {
    const key = keyOfRow(row);
    return { ...stand(row, facts.get(key) ?? []), draft: drafts.get(key)?.[0], back: back.get(key)?.[0] };
  });
}

/** What the server has not counted yet, oldest first. */
function factsOf({ counted }: KeptWork, entries: readonly Entry[]): Fact[] {
  const known = new Set(counted);
  return entries
    .filter((entry) => isVisit(entry) && (entry.state === "waiting" || (entry.state === "sent" && !known.has(entry.id))))
    .map(({ form, about = {}, finished, state }) => ({
      form,
      about,
      day: about.period?.slice(0, 10) ?? dayOf(new Date(finished)),
      waits: state === "waiting",
      finished,
    }))
    .sort((a, b) => a.day.localeCompare(b.day) || a.finished.localeCompare(b.finished));
}

const isVisit = ({ form }: { readonly form: string }): boolean => form === INTERVIEW || form === VISIT;

/** A complete interview decides, whatever comes after it; without one the latest visit does. */
function stand(row: AssignedHousehold, facts: readonly Fact[]): AssignedHousehold & { readonly waits: boolean } {
  const last = facts[facts.length - 1];
  if (!last) return { ...row, waits: false };
  const complete = facts.some(isComplete);
  const newer = row.state !== "done" && (row.last ?? "") <= last.day;
  const said = STATES[last.about.result ?? ""] ?? "visited";
  const days = new Set(facts.map(({ day }) => day).filter((day) => day !== row.last));
  const numbers = facts.map(({ about }) => about.visit ?? 0);
  return {
    ...row,
    state: complete ? "done" : newer ? said : row.state,
    visits: Math.max(row.visits + days.size, ...numbers),
    last: row.last && row.last > last.day ? row.last : last.day,
    waits: facts.some(({ waits }) => waits),
  };
}

const isComplete = ({ form, about }: Pick<Fact, "form" | "about">): boolean => form === INTERVIEW && about.result === COMPLETE;

const keyOf = ({ village, household }: About): string => (household ? `${village ?? ""}/${household}` : "");
const keyOfRow = ({ village, code }: Pick<AssignedHousehold, "village" | "code">): string => `${village}/${code}`;

function added(key: string, order: number): AssignedHousehold {
  const [village = "", code = ""] = key.split("/");
  return { village, code, order, role: "added", state: "to-visit", visits: 0, last: null };
}

function group<T>(items: readonly T[], keyOfItem: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  groups.delete("");
  return groups;
}

/** Whether the person has still to do something for it. */
export function isLeft({ state, visits, draft, back }: Household): boolean {
  return Boolean(draft ?? back) || state === "to-visit" || (state === "visited" && visits < MOST_VISITS);
}

/** Where to go now: the least visited in walking order, not again today where somebody was already;
 * what is begun or came back only when nothing else is left. */
export function nextOf(households: readonly Household[], today: string): Household | undefined {
  const left = households.filter(isLeft);
  const untouched = left.filter(({ draft, back }) => !draft && !back);
  const rank = ({ last, visits }: Household): number => (last === today ? MOST_VISITS : 0) + visits;
  return untouched.sort((a, b) => rank(a) - rank(b))[0] ?? left[0];
}

/** A household by its code, however it is written: blanks, dashes and small letters do not matter. */
export function findCode(households: readonly Household[], code: string): Household | undefined {
  return households.find((one) => bareCode(one.code) === bareCode(code));
}

export const plainCode = (code: string): string => code.normalize("NFC").toUpperCase().replace(/\s+/g, "");
export const bareCode = (code: string): string => plainCode(code).replace(/[-.\u2013]/g, "");

export interface Week {
  readonly done: number;
  readonly visits: number;
  /** How many of the visits the server has not counted yet. */
  readonly waiting: number;
}

/** The week's work, from its Monday: what the server counted, and what it has not. */
export function weekOf(work: KeptWork, entries: readonly Entry[], today: string): Week {
  const monday = mondayOf(today);
  const { week } = work.assignment;
  const counted = week.from === monday ? week : { done: 0, visits: 0 };
  const own = factsOf(work, entries).filter(({ day }) => day >= monday && day <= today);
  const distinct = (facts: readonly Fact[]): number => new Set(facts.map(({ about, day }) => `${keyOf(about)} ${day}`)).size;
  const done = new Set(own.filter(isComplete).map(({ about }) => keyOf(about))).size;
  return { done: counted.done + done, visits: counted.visits + distinct(own), waiting: distinct(own) };
}

/** The Monday of a day's week, both as YYYY-MM-DD. */
export function mondayOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}

/** A moment's day in Viet Nam. */
export function dayOf(at: Date): string {
  return new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
}
