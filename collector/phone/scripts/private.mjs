/** Builds the private page into ../static/gd: a bundle of its own, not known to the service worker. */

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

await build({
  root: join(ROOT, "src/private"),
  configFile: false,
  logLevel: "warn",
  publicDir: false,
  base: "/gd/",
  build: {
    outDir: join(ROOT, "../static/gd"),
    emptyOutDir: true,
    target: ["chrome87", "firefox91", "safari15"],
    cssTarget: ["chrome87", "safari15"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: { output: { entryFileNames: "page-[hash].js", assetFileNames: "[name]-[hash][extname]", codeSplitting: false } },
  },
});
