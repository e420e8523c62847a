/** What the phone keeps: plain data, no browser in it. */

import type { Answers, Model } from "../engine/model.ts";

export interface User {
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly village: { readonly code: string; readonly name: string } | null;
}

/** Who is signed in on this phone. Without a token the person has to sign in again. */
export interface Session {
  readonly token: string | null;
  readonly user: User;
  readonly commune: { readonly code: string; readonly name: string };
  readonly demonstration: boolean;
}

export interface MediaFile {
  readonly filename: string;
  readonly hash: string;
}

/** One version of a form, kept as long as it is current or a draft needs it. */
export interface StoredForm {
  readonly key: string;
  readonly form: string;
  readonly version: string;
  readonly title: Readonly<Record<string, string>>;
  readonly hash: string;
  readonly media: readonly MediaFile[];
  readonly model: Model;
  /** Whether the server still offers it for new interviews. */
  readonly current: boolean;
}

/** A fault as the server words it, in the reader's language; "asked": what an officer asks again. */
export interface ServerFault {
  readonly code: string;
  readonly path: string;
  readonly name?: string;
  readonly label?: string;
  readonly message: string;
  readonly value?: string | null;
}

/** What an interview is about: set as it is filled, so that a list need not open its answers. */
export interface About {
  /** As the answer is written: a month's may be a whole day. */
  readonly period?: string;
  readonly unit?: string;
  readonly village?: string;
  readonly household?: string;
  /** Of a household: which visit it is, and its result's code. */
  readonly visit?: number;
  readonly result?: string;
}

/** A file that goes with an interview: its question, its name there, its content's digest in hex. */
export interface SentFile {
  readonly path: string;
  readonly filename: string;
  readonly sha256: string;
}

/** An interview that is being filled; its answers lie in `bodies` under the same id. */
export interface Draft {
  readonly id: string;
  readonly owner: string;
  readonly form: string;
  readonly version: string;
  readonly deprecatedId?: string;
  readonly created: string;
  readonly updated: string;
  /** The screen that was open. */
  readonly place: string;
  readonly summary: string;
  /** Share of the screens that are behind, 0 to 1. */
  readonly progress: number;
  readonly about?: About;
  /** The lines of the log of times so far. */
  readonly log?: string;
  /** Why it came back, and with which faults. */
  readonly reason?: string;
  readonly faults?: readonly ServerFault[];
}

export type EntryState = "waiting" | "sent" | "faulty" | "conflict" | "refused";

/** A finished interview on its way; its answers lie in `bodies` until the server has them. */
export interface Entry {
  readonly id: string;
  readonly owner: string;
  readonly form: string;
  readonly version: string;
  readonly deprecatedId?: string;
  readonly finished: string;
  readonly summary: string;
  readonly about?: About;
  readonly state: EntryState;
  readonly files?: readonly SentFile[];
  /** The paths of the answers that stay on this phone. */
  readonly own?: readonly string[];
  /** How often the server failed at it. */
  readonly tries?: number;
  readonly message?: string;
  readonly faults?: readonly ServerFault[];
  readonly receivedAt?: string;
}

/** What the server says of a submission that it has. */
export interface Report {
  readonly instance_id: string;
  readonly form: string;
  readonly version: string;
  readonly received_at: string;
  readonly state: "stored" | "flagged" | "accepted" | "returned" | "excluded";
  readonly reason?: string | null;
  /** The questions (paths) that a return is about. */
  readonly questions?: readonly string[];
  readonly faults?: readonly ServerFault[];
  /** Whether a later edit has taken its place. */
  readonly superseded?: boolean;
  readonly answers?: Answers | null;
}

/** Where a household stands, by the server. */
export type HouseholdState = "to-visit" | "visited" | "done" | "refused" | "moved" | "other";

export interface AssignedHousehold {
  readonly village: string;
  readonly code: string;
  readonly order: number;
  readonly role: "sample" | "replacement" | "added";
  readonly state: HouseholdState;
  readonly visits: number;
  /** The day of the latest visit. */
  readonly last: string | null;
}

/** A return that a unit owes for a month, a quarter or a year. */
export interface DuePeriod {
  readonly form: string;
  readonly period: string;
  readonly title: Readonly<Record<string, string>>;
  /** The last day in time. */
  readonly due: string;
  readonly late: boolean;
  readonly sent: boolean;
}

/** What the server says is to be done by the person: `GET /api/v1/work`. */
export interface Assignment {
  readonly draw: { readonly id: number; readonly title: string; readonly period: string; readonly census: boolean } | null;
  readonly households: readonly AssignedHousehold[];
  readonly months: readonly DuePeriod[];
  readonly week: { readonly from: string; readonly done: number; readonly visits: number };
}

/** The assignment as the phone keeps it, with its ETag. */
export interface KeptWork {
  readonly tag: string;
  readonly assignment: Assignment;
  /** Ids of what was sent before the server was asked: it has counted them. */
  readonly counted: readonly string[];
}
