/** Builds the page into dist, with a .br beside each file that packs. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build } from "vite";

const ROOT = import.meta.dirname;
await build({ root: ROOT, logLevel: "warn", build: { target: "es2022", chunkSizeWarningLimit: 10_000, reportCompressedSize: false } });
for (const name of readdirSync(join(ROOT, "dist"), { recursive: true })) {
  if (!/\.(html|js|css|xml|csv|wasm)$/.test(name)) continue;
  const file = join(ROOT, "dist", name);
  writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
}
