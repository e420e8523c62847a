import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCsv } from "../src/engine/csv.ts";

test("quotes, commas, line breaks, BOM, CRLF, missing cells", () => {
  const text = '\uFEFFname,label,note\r\n1,"Hộ ""A"", thôn 1","hai\ndòng"\r\n2,Hộ B\r\n\r\n3,,x,\n';
  assert.deepEqual(parseCsv(text), [
    { name: "1", label: 'Hộ "A", thôn 1', note: "hai\ndòng" },
    { name: "2", label: "Hộ B", note: "" },
    { name: "3", label: "", note: "x" },
  ]);
});

test("an empty file and a file without rows", () => {
  assert.deepEqual(parseCsv(""), []);
  assert.deepEqual(parseCsv("name,label\n"), []);
  assert.deepEqual(parseCsv("name,label"), []);
});
