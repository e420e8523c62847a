/** Which sound or picture stands beside a label. */

import type { Beside, Model } from "./model.ts";

/**
 * The digest of the file of that kind in `language`: its own, else the one of the form's first
 * language; undefined where neither has one.
 */
export function fileBeside(model: Model, beside: Beside | undefined, kind: keyof Beside, language: string): string | undefined {
  const names = beside?.[kind];
  const name = names?.[language] ?? names?.[model.languages[0] ?? ""];
  return name === undefined ? undefined : model.media?.[name];
}
