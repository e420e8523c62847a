import { defineConfig } from "vite";

/** The page. The service worker is a build of its own: scripts/build.mjs. */
export default defineConfig({
  base: "/phone/",
  build: {
    outDir: "../static/phone",
    emptyOutDir: true,
    target: ["chrome87", "firefox91", "safari15"],
    cssTarget: ["chrome87", "safari15"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: "app-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
        codeSplitting: false,
      },
    },
  },
});
