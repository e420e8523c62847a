/** "My work": what the first screen shows of it, and the screens behind. One file that comes later. */

import type { JSX } from "preact";
import { List } from "./List.tsx";
import { AddPage, HouseholdPage } from "./Pages.tsx";

export { Summary } from "./Summary.tsx";

/** The list, a household (`village/code`), or the screen that adds one ("add"). */
export function WorkScreen({ id }: { readonly id: string }): JSX.Element {
  if (id === "add") return <AddPage />;
  return id ? <HouseholdPage key={id} id={id} /> : <List />;
}
