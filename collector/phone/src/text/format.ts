/** Dates and languages as people write them. Times are shown in Viet Nam's own time. */

import type { Language } from "./say.ts";

const LOCALE: Record<Language, string> = { vi: "vi-VN", en: "en-GB" };
const AHEAD_MS = 7 * 3_600_000; // Viet Nam is seven hours ahead all year; Intl would take ms a line

interface Moment {
  readonly year: number;
  /** `3/2` */
  readonly day: string;
  /** `14:05` */
  readonly time: string;
}

function inVietNam(at: Date): Moment {
  const there = new Date(at.getTime() + AHEAD_MS);
  const time = there.toISOString().slice(11, 16);
  return { year: there.getUTCFullYear(), day: `${there.getUTCDate()}/${there.getUTCMonth() + 1}`, time };
}

/** `14:05` today, `14:05, 3/2` this year, `14:05, 3/2/2026` otherwise. */
export function whenText(iso: string, now = new Date()): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const [then, today] = [inVietNam(at), inVietNam(now)];
  if (then.year !== today.year) return dateTimeText(at);
  return then.day === today.day ? then.time : `${then.time}, ${then.day}`;
}

/** A moment in full: `14:05, 3/2/2026`. */
export function dateTimeText(at: Date): string {
  const { year, day, time } = inVietNam(at);
  return `${time}, ${day}/${year}`;
}

/** A date spelled out, so that nobody takes the month for the day; "" where it is none. */
export function dateText(date: string, language: Language): string {
  const at = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return "";
  const format = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  return at.toLocaleDateString(LOCALE[language], format);
}

/** A language's name in that language: "Tiếng Việt". */
export function languageName(code: string): string {
  if (code === "vi") return "Tiếng Việt";
  if (code === "en") return "English";
  try {
    return new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
