/** The values of ODK XPath and how each becomes another (docs/model.md, "Meaning"). */

/** A place that an expression can stand on: a node of the instance or of a media file. */
export interface XNode {
  readonly name: string;
  readonly parent: XNode | null;
  /** The answer, "" for containers and for whatever is irrelevant. */
  readonly value: string;
  /** Children of that name ("*": all) which count, in document order. */
  step(name: string): readonly XNode[];
}

export type Value = string | number | boolean | readonly XNode[];

const NUMBER = /^-?(?:\d+(?:[.,]\d*)?|[.,]\d+)$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)/;
const TIME = /^T(\d\d):(\d\d)(?::(\d\d(?:[.,]\d+)?))?(Z|[+-]\d\d(?::?\d\d)?)?$/;
const DAY_MS = 86_400_000;
const DAY_S = 86_400;
/** Seconds east of Greenwich of a time that names no zone: Việt Nam's, which has no summer time. */
const LOCAL_OFFSET = 7 * 3600;
const SMALL = 1e-12;

export function isNodes(value: Value): value is readonly XNode[] {
  return typeof value === "object";
}

/** A number as text: no exponent, whole numbers without a point, otherwise shortest round trip. */
export function numberText(n: number): string {
  if (Object.is(n, -0)) return "0";
  const text = String(n);
  if (!text.includes("e")) return text;
  if (Number.isInteger(n)) return BigInt(n).toString();
  const [mantissa = "", exponent = "0"] = text.split("e");
  return n.toFixed(Math.min(100, mantissa.replace(/^-?\d\.?/, "").length - Number(exponent)));
}

export function toText(value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  return value[0]?.value ?? "";
}

/**
 * The number that a text stands for: a comma is a decimal mark, a date counts as its days since
 * 1970-01-01 and a time as a part of the day; NaN for blank and for words.
 */
export function parseNumber(text: string): number {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? Number(trimmed.replace(",", ".")) : daysOf(text);
}

export function toNumber(value: Value): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return parseNumber(toText(value));
}

export function toBoolean(value: Value): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Math.abs(value) > SMALL;
  return toText(value) !== "";
}

/** Equal as JavaRosa compares numbers; an infinity equals itself, NaN nothing. */
export function sameNumber(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) < SMALL;
}

/** A text taken apart as date and time of day, or undefined where it is none. */
function moment(text: string): { day: number; seconds: number; zone: string | undefined } | undefined {
  const date = DATE.exec(text);
  if (!date) return undefined;
  const [year, month, day] = [Number(date[1]), Number(date[2]), Number(date[3])];
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  if (year === 0 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return undefined;
  if (text.length === 10) return { day: at.getTime() / DAY_MS, seconds: 0, zone: undefined };
  const time = TIME.exec(text.slice(10));
  if (!time) return undefined;
  const seconds = Number(time[1]) * 3600 + Number(time[2]) * 60 + Number((time[3] ?? "0").replace(",", "."));
  return { day: at.getTime() / DAY_MS, seconds, zone: time[4] };
}

/**
 * Days since 1970-01-01 of `YYYY-MM-DD`, with the part of the day of a time after it; NaN otherwise.
 * The clock is taken as it is written, whatever its zone, so that a moment of today is never before
 * today.
 */
export function daysOf(text: string): number {
  const found = moment(text);
  return found ? found.day + found.seconds / DAY_S : NaN;
}

/** decimal-date-time(): days since 1970-01-01T00:00Z; a date alone is its midnight in Việt Nam. */
export function decimalDateTime(text: string): number {
  const found = moment(text);
  return found ? found.day + found.seconds / DAY_S - offset(found.zone) / DAY_S : NaN;
}

function offset(zone: string | undefined): number {
  if (zone === undefined) return LOCAL_OFFSET;
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + (zone.length > 3 ? Number(zone.slice(-2)) : 0);
  return (zone.startsWith("-") ? -60 : 60) * minutes;
}

const FIRST_DAY = -719_162;
const LAST_DAY = 2_932_896;

/** date(): `YYYY-MM-DD` of a date, a moment or a number of days since 1970-01-01; else "". */
export function toDate(value: Value): string {
  if (typeof value !== "number" && typeof value !== "boolean") {
    const text = toText(value);
    return Number.isNaN(daysOf(text)) ? "" : text.slice(0, 10);
  }
  const day = Math.floor(Number(value));
  return day >= FIRST_DAY && day <= LAST_DAY ? new Date(day * DAY_MS).toISOString().slice(0, 10) : "";
}

const pad = (n: number, width = 2): string => String(n).padStart(width, "0");

/** The clock's local date, `YYYY-MM-DD`. */
export function localDate(at: Date): string {
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

/** The clock's local time with its offset, `YYYY-MM-DDThh:mm:ss.mmm+07:00`. */
export function localDateTime(at: Date): string {
  const offset = -at.getTimezoneOffset();
  const zone = `${offset < 0 ? "-" : "+"}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
  const time = `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
  return `${localDate(at)}T${time}.${pad(at.getMilliseconds(), 3)}${zone}`;
}
