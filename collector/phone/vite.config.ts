import { defineConfig, type Plugin } from "vite";

/** Vite's way to fetch a chunk also preloads its styles: ours stand in the one sheet of the page. */
const plainImports: Plugin = {
  name: "plain-imports",
  enforce: "pre",
  load: (id) => (id.startsWith("\0vite/preload-helper") ? "export const __vitePreload = (load) => load();" : null),
};

/**
 * The page, and the screens that it fetches later (`src/ui/later.tsx`): files named `later-…`, which
 * the service worker keeps after the first visit. The worker is a build of its own: scripts/build.mjs.
 */
export default defineConfig({
  base: "/phone/",
  plugins: [plainImports],
  build: {
    outDir: "../static/phone",
    emptyOutDir: true,
    target: ["chrome87", "firefox91", "safari15"],
    cssTarget: ["chrome87", "safari15"],
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: "app-[hash].js",
        chunkFileNames: "later-[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
});
