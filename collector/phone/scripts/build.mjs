/**
 * Builds the app into ../static/phone: the page, the icons, the service worker with the list of the
 * shell's files, and beside each file its .br and .gz. Says the sizes; does not judge them (a test does).
 */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "vite";
import { iconPng } from "./icons.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const OUT = join(ROOT, "../static/phone");
const PACKED = new Set([".html", ".js", ".css", ".svg", ".webmanifest"]);
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

await build({ root: ROOT, logLevel: "warn", define: { APP_VERSION: JSON.stringify(version) } });
for (const size of [192, 512]) writeFileSync(join(OUT, `icon-${size}.png`), iconPng(size));
await buildWorker(files());
report(pack());

function files() {
  return readdirSync(OUT).filter((name) => ![".br", ".gz"].includes(extname(name))).sort();
}

/** The worker knows the shell by name; its cache is named after the shell's content. */
async function buildWorker(names) {
  const digest = createHash("sha256");
  for (const name of names) digest.update(name).update(readFileSync(join(OUT, name)));
  // The page is asked for by its folder. The large icon is the installer's business, not the shell's.
  const shell = names.filter((name) => name !== "icon-512.png").map((name) => [`/phone/${name === "index.html" ? "" : name}`, integrity(name)]);
  await build({
    root: ROOT,
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define: { SHELL: JSON.stringify(shell), SHELL_NAME: JSON.stringify(`shell-${digest.digest("hex").slice(0, 12)}`) },
    build: {
      outDir: OUT,
      emptyOutDir: false,
      target: ["chrome87", "firefox91", "safari15"],
      reportCompressedSize: false,
      rolldownOptions: { input: join(ROOT, "src/sw.ts"), output: { format: "iife", entryFileNames: "sw.js" } },
    },
  });
}

function integrity(name) {
  return `sha256-${createHash("sha256").update(readFileSync(join(OUT, name))).digest("base64")}`;
}

/** Writes .br and .gz, and returns [name, bytes, bytes as brotli]. */
function pack() {
  return files().map((name) => {
    const bytes = readFileSync(join(OUT, name));
    if (!PACKED.has(extname(name))) return [name, bytes.length, bytes.length];
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const br = brotliCompressSync(bytes, { params });
    writeFileSync(join(OUT, `${name}.br`), br);
    writeFileSync(join(OUT, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    return [name, bytes.length, br.length];
  });
}

function report(sizes) {
  const total = sizes.reduce((sum, [, , packed]) => sum + packed, 0);
  for (const [name, bytes, packed] of sizes) console.log(`${name.padEnd(24)} ${bytes} B, ${packed} B packed`);
  console.log(`${"all".padEnd(24)} ${total} B packed`);
}
