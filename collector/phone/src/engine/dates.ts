/** format-date and format-date-time, with the codes of the ODK XForms specification. */

import { daysOf } from "./values.ts";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const WEEKDAYS = "Sun Mon Tue Wed Thu Fri Sat".split(" ");
const PARTS = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?/;

/** A date or time written after `format` (%Y %y %m %n %b %d %e %a %H %h %M %S %3); "" if none. */
export function dateTexts(date: string, format: string): string {
  const found = PARTS.exec(date);
  if (!found || Number.isNaN(daysOf(date))) return "";
  const [year = "", month = "", day = "", hour = "00", minute = "00", second = "00", rest = ""] = found.slice(1);
  const codes: Record<string, string> = {
    Y: year,
    y: year.slice(2),
    m: month,
    n: String(Number(month)),
    b: MONTHS[Number(month) - 1] ?? "",
    d: day,
    e: String(Number(day)),
    a: WEEKDAYS[(((daysOf(date.slice(0, 10)) + 4) % 7) + 7) % 7] ?? "",
    H: hour,
    h: String(Number(hour)),
    M: minute,
    S: second,
    "3": rest.padEnd(3, "0").slice(0, 3),
    "%": "%",
  };
  return format.replace(/%(.)/gu, (whole, code: string) => codes[code] ?? whole);
}
