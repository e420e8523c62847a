/** Dates and languages as people write them. Times are shown in Viet Nam's own time. */

import type { Language } from "./catalogue.ts";

const LOCALE: Record<Language, string> = { vi: "vi-VN", en: "en-GB" };
const ZONE = "Asia/Ho_Chi_Minh";

/** `14:05` today, `14:05, 3/2` this year, `14:05, 3/2/2026` otherwise. */
export function whenText(iso: string, language: Language, now = new Date()): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const time = at.toLocaleTimeString(LOCALE[language], { hour: "2-digit", minute: "2-digit", timeZone: ZONE });
  const day = (date: Date): string => date.toLocaleDateString("en-CA", { timeZone: ZONE });
  if (day(at) === day(now)) return time;
  const [year, month, date] = day(at).split("-").map(Number);
  const sameYear = day(now).startsWith(`${year}-`);
  return `${time}, ${date}/${month}${sameYear ? "" : `/${year}`}`;
}

/** A moment in full: `14:05, 3/2/2026`. */
export function dateTimeText(at: Date, language: Language): string {
  const time = at.toLocaleTimeString(LOCALE[language], { hour: "2-digit", minute: "2-digit", timeZone: ZONE });
  const [year, month, date] = at.toLocaleDateString("en-CA", { timeZone: ZONE }).split("-").map(Number);
  return `${time}, ${date}/${month}/${year}`;
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
