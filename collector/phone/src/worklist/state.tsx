/** A household's state in a few words and a sign; never by colour alone. */

import type { JSX } from "preact";
import { shortDay } from "./days.ts";
import { useApp } from "../ui/hooks.ts";
import { Icon } from "../ui/icons.tsx";
import { dayOf, type Household } from "./households.ts";
import { say, type WORDS } from "./words.ts";

type IconName = Parameters<typeof Icon>[0]["name"];
interface Shown {
  readonly text: string;
  readonly icon: IconName;
  readonly tone: "all" | "some" | "none" | "bad";
}

const NAMES = {
  "to-visit": "toVisit",
  "visited": "visited",
  "done": "done",
  "refused": "refused",
  "moved": "moved",
  "other": "other",
} as const satisfies Record<Household["state"], keyof typeof WORDS>;

export function shownState({ state, visits, waits, draft, back }: Household): Shown {
  if (back) return { text: say("cameBack"), icon: "alert", tone: "bad" };
  if (draft) return { text: say(draft.deprecatedId || draft.faults ? "correcting" : "inProgress"), icon: "form", tone: "some" };
  const plain = say(NAMES[state], { number: visits });
  const text = waits ? say("waiting", { state: plain }) : plain;
  if (waits) return { text, icon: "wait", tone: state === "done" ? "all" : "some" };
  if (state === "done") return { text, icon: "check", tone: "all" };
  if (state === "visited") return { text, icon: "wait", tone: "some" };
  return { text, icon: state === "to-visit" ? "forward" : "close", tone: "none" };
}

export function State({ of: household }: { readonly of: Household }): JSX.Element {
  const { text, icon, tone } = shownState(household);
  return (
    <span class={`status ${tone}`}>
      {icon !== "forward" && <Icon name={icon} />}
      {text}
    </span>
  );
}

const ROLES = { sample: undefined, replacement: "replacement", added: "added" } as const;

/** What else there is to know: why it is on the list, when somebody was last there. */
export function Remarks({ of: { role, last } }: { readonly of: Household }): JSX.Element | null {
  const { language } = useApp();
  const why = ROLES[role];
  const parts = [why && say(why), last && say("lastVisit", { day: shortDay(last, language, dayOf(new Date())) })].filter(Boolean);
  return parts.length ? <span>{parts.join(" · ")}</span> : null;
}
