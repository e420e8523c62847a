/** What an interview is about, by the words of its form's settings. Pure. */

import type { Answers, Model } from "../engine/model.ts";
import type { About } from "../store/types.ts";

/** The choice of a household that has no code on the list yet; `<question>_new` holds its code. */
export const NEW_HOUSEHOLD = "new";

/** What the answers so far say; what they do not say is absent. */
export function aboutOf({ about = {} }: Pick<Model, "about">, answers: Answers): About {
  const read = (name: unknown): string | undefined => (typeof name === "string" ? leaf(answers, name) : undefined);
  const listed = read(about["household"]);
  const found = {
    period: read(about["period"]),
    unit: read(about["unit"]),
    village: read(about["village"]),
    household: listed === NEW_HOUSEHOLD ? read(`${String(about["household"])}_new`) : listed,
    ...(listed ? { visit: Number(read("visit_no")) || undefined, result: read("result") } : {}),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** The answer to a question of the form itself, in whatever group it stands; "" counts as none. */
function leaf(answers: Answers, name: string): string | undefined {
  for (const [key, value] of Object.entries(answers)) {
    if (key === name && typeof value === "string") return value || undefined;
    const below = typeof value === "object" && !Array.isArray(value) ? leaf(value as Answers, name) : undefined;
    if (below !== undefined) return below;
  }
  return undefined;
}
