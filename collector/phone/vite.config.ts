import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin, type Rolldown } from "vite";

/** Vite's way to fetch a chunk also preloads its styles: ours stand in the one sheet of the page. */
const plainImports: Plugin = {
  name: "plain-imports",
  enforce: "pre",
  load: (id) => (id.startsWith("\0vite/preload-helper") ? "export const __vitePreload = (load) => load();" : null),
};

/** The modules that a module needs at once, itself among them. */
function needed(id: string, graph: Rolldown.ChunkingContext, found = new Set<string>()): Set<string> {
  if (found.has(id)) return found;
  found.add(id);
  for (const one of graph.getModuleInfo(id)?.importedIds ?? []) needed(one, graph, found);
  return found;
}

const source = (name: string): string => fileURLToPath(new URL(`src/${name}`, import.meta.url));

/** One file behind the lock: else what it shares with the later screens would be files of their own. */
function behindTheLock(id: string, graph: Rolldown.ChunkingContext): string | null {
  const inside = needed(source("inside.tsx"), graph).has(id) && !needed(source("main.tsx"), graph).has(id);
  return inside ? "inside" : null;
}

/**
 * The page, what stands behind its lock (`app-inside-…`), and the screens that it fetches later
 * (`src/ui/later.tsx`): files named `later-…`, which the service worker keeps after the first visit.
 * The worker is a build of its own: scripts/build.mjs.
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
        codeSplitting: { groups: [{ name: behindTheLock, debugName: "inside" }], includeDependenciesRecursively: false },
        entryFileNames: "app-[hash].js",
        chunkFileNames: ({ name }) => `${name === "inside" ? "app" : "later"}-[name]-[hash].js`,
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
});
