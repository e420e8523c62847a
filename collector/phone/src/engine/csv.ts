import type { Row } from "./model.ts";

/**
 * Read a CSV file (RFC 4180: quotes doubled inside quotes, CRLF or LF, an optional BOM).
 * The first line names the columns; blank lines are left out; missing cells are "".
 */
export function parseCsv(text: string): Row[] {
  const [header, ...lines] = cells(text.replace(/^\uFEFF/, ""));
  if (!header) return [];
  return lines.map((line) => {
    const row: Record<string, string> = {};
    header.forEach((column, i) => (row[column] = line[i] ?? ""));
    return row;
  });
}

function cells(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|\n|\r|$)/y;
  while (cell.lastIndex < text.length) {
    const [whole, raw = "", end = ""] = cell.exec(text) ?? [""];
    if (!whole) break; // text after a closing quote: the rest of the file is not CSV
    line.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === ",") {
      if (cell.lastIndex === text.length) line.push("");
      else continue;
    }
    if (line.length > 1 || line[0] !== "") lines.push(line);
    line = [];
  }
  return lines;
}
