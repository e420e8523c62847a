/** Days as people write them. */

import type { Language } from "../text/say.ts";

/** `5/11` in Vietnamese, `5 Nov` in English, the year only where it is another; both as YYYY-MM-DD. */
export function shortDay(date: string, language: Language, today: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return date;
  const sameYear = date.slice(0, 4) === today.slice(0, 4);
  const [year, month, day] = date.split("-").map(Number);
  if (language === "vi") return [day, month, ...(sameYear ? [] : [year])].join("/");
  const format = { day: "numeric", month: "short", timeZone: "UTC" } as const;
  return at.toLocaleDateString("en-GB", sameYear ? format : { ...format, year: "numeric" });
}
