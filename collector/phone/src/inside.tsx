/**
 * What stands behind the lock: it comes while the person types the PIN, so that the lock is there
 * early. Whatever comes later still is in screens/more.ts and screens/Enrol.tsx.
 */

import type { JSX } from "preact";
import { Frame } from "./Frame.tsx";
import type { Route } from "./router.ts";
import { Fill } from "./runner/Fill.tsx";
import { CATALOGUE } from "./text/catalogue.ts";
import { learn } from "./text/i18n.ts";

export { keepInSync } from "./net/sync.ts";
export { unsaved } from "./store/drafts.ts";

learn(CATALOGUE);

export function Inside({ route }: { readonly route: Route }): JSX.Element {
  return route.name === "fill" ? <Fill id={route.id} place={route.place} /> : <Frame route={route} />;
}
