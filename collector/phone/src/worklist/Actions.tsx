/** What can be done about a household: begin, go on, record a visit, see why it came back. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { go } from "../router.ts";
import { Reopen, Why } from "../screens/Sent.tsx";
import { useApp } from "../ui/hooks.ts";
import { Icon } from "../ui/icons.tsx";
import { Banner } from "../ui/plain.tsx";
import { beginAt, formNamed, type Known } from "./data.ts";
import { INTERVIEW, MOST_VISITS, VISIT, type Household } from "./households.ts";
import { say } from "./words.ts";

interface ActionsProps {
  readonly known: Known;
  readonly household: Household;
}

export function Actions({ known, household }: ActionsProps): JSX.Element {
  const { draft, back, state, waits } = household;
  if (back) {
    return (
      <>
        <Why work={back} />
        <Reopen work={back} />
      </>
    );
  }
  if (draft) {
    return (
      <button type="button" class="button primary wide" onClick={() => go({ name: "fill", id: draft.id, place: "" })}>
        <span>{say("goOn")}</span>
        <Icon name="forward" />
      </button>
    );
  }
  if (state === "done") return <p class="quiet">{say(waits ? "doneWaitsHelp" : "doneHelp")}</p>;
  return <Begin known={known} household={household} />;
}

/** The interview, and the visit at which nobody could be asked. */
function Begin({ known, household }: ActionsProps): JSX.Element {
  const { session } = useApp();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const { state, visits } = household;
  const open = state === "to-visit" || (state === "visited" && visits < MOST_VISITS);

  async function press(name: typeof INTERVIEW | typeof VISIT): Promise<void> {
    if (busy) return;
    setBusy(true);
    setProblem(await beginAt(known, household, name, session));
    setBusy(false);
  }

  return (
    <>
      {problem && <Banner tone="bad" icon="alert">{problem}</Banner>}
      {state === "visited" && !open && <p class="quiet">{say("tooOften")}</p>}
      <button type="button" class={open ? "button primary wide" : "button wide"} onClick={() => void press(INTERVIEW)}>
        <span>{say(open ? "begin" : "beginAnyway")}</span>
        <Icon name="forward" />
      </button>
      {open && formNamed(known, VISIT) && (
        <>
          <button type="button" class="button wide" aria-describedby="not-asked" onClick={() => void press(VISIT)}>
            {say("notAsked")}
          </button>
          <p class="quiet" id="not-asked">{say("notAskedHelp", { number: visits + 1 })}</p>
        </>
      )}
    </>
  );
}
