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
const TIME = /^\d{4}-\d\d-\d\dT(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?(Z|[+-]\d\d:?\d\d)?$/;
const DAY_MS = 86_400_000;

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

/** The number that a text stands for; a comma is a decimal mark; NaN for blank and for words. */
export function parseNumber(text: string): number {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? Number(trimmed.replace(",", ".")) : NaN;
}

export function toNumber(value: Value): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return parseNumber(toText(value));
}

export function toBoolean(value: Value): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0 && !Number.isNaN(value);
  return toText(value) !== "";
}

/** Days since 1970-01-01 of `YYYY-MM-DD`, with the day's fraction of a time; NaN otherwise. */
export function daysOf(text: string): number {
  const date = DATE.exec(text);
  if (!date) return NaN;
  const [year, month, day] = [Number(date[1]), Number(date[2]), Number(date[3])];
  const ms = Date.UTC(year, month - 1, day);
  const back = new Date(ms);
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day) return NaN;
  if (text.length === 10) return ms / DAY_MS;
  const time = TIME.exec(text);
  if (!time) return NaN;
  const seconds = Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3] ?? 0);
  return (ms + seconds * 1000) / DAY_MS - offsetDays(time[4]);
}

function offsetDays(zone: string | undefined): number {
  if (!zone || zone === "Z") return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  return (sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)))) / 1440;
}

/** `YYYY-MM-DD` of a number of days since 1970-01-01 (a fraction is dropped). */
export function dateOfDays(days: number): string {
  return Number.isFinite(days) ? new Date(Math.floor(days) * DAY_MS).toISOString().slice(0, 10) : "";
}

/** A number for `<` and arithmetic, where a date counts as its days since 1970-01-01. */
export function toQuantity(value: Value): number {
  const n = toNumber(value);
  return Number.isNaN(n) && typeof value !== "number" ? daysOf(toText(value)) : n;
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
