/** "My work" on the first screen: the next household or the returns that are due, and the week. */

import type { JSX } from "preact";
import { go } from "../router.ts";
import { Icon } from "../ui/icons.tsx";
import { Actions } from "./Actions.tsx";
import { useWork, villageName, type Known } from "./data.ts";
import { isLeft, nextOf, weekOf, type Week } from "./households.ts";
import { Periods } from "./Periods.tsx";
import { Remarks, State } from "./state.tsx";
import { say } from "./words.ts";

export function Summary(): JSX.Element | null {
  const known = useWork();
  if (!known) return null;
  const { households, months } = known.work.assignment;
  return (
    <>
      {households.length > 0 && <Visits known={known} />}
      {months.length > 0 && <Periods known={known} />}
    </>
  );
}

function Visits({ known }: { readonly known: Known }): JSX.Element {
  const { households, work, phone, today } = known;
  const left = households.filter(isLeft).length;
  return (
    <section aria-labelledby="my-work">
      <h2 id="my-work">{[say("myWork"), work.assignment.draw?.title].filter(Boolean).join(" · ")}</h2>
      <Next known={known} />
      <button type="button" class="card open-list" onClick={() => go({ name: "work", id: "" })}>
        <span class="who">
          <strong>{say("listOfHouseholds")}</strong>
          <span>{say("leftOf", { left, all: households.length })}</span>
          <progress max={households.length} value={households.length - left} aria-hidden="true" />
        </span>
        <Icon name="forward" />
      </button>
      <WeekCount week={weekOf(work, phone.entries, today)} />
    </section>
  );
}

/** The household to go to now, large, with what can be done there. */
function Next({ known }: { readonly known: Known }): JSX.Element {
  const next = nextOf(known.households, known.today);
  if (!next) return <p class="card pad">{say("allVisited")}</p>;
  return (
    <div class="card pad next-household" role="group" aria-labelledby="next-code">
      <p class="quiet">{say("nextHousehold")}</p>
      <p class="code" id="next-code">{next.code}</p>
      <p class="who">
        <span>{villageName(known, next.village)}</span>
        <Remarks of={next} />
        <State of={next} />
      </p>
      <Actions known={known} household={next} />
    </div>
  );
}

const MOST_MARKS = 40;

/** The week's visits: a filled mark for each that finished a household, an open one for the others. */
function WeekCount({ week }: { readonly week: Week }): JSX.Element {
  const { done, visits, waiting } = week;
  if (!visits) return <p class="quiet week">{say("weekNone")}</p>;
  const marks = Array.from({ length: Math.min(visits, MOST_MARKS) }, (_, i) => (i < done ? "mark full" : "mark"));
  return (
    <div class="week">
      <p>
        {say("week", { done, visits })}
        {waiting > 0 && `, ${say("weekWaiting", { waiting })}`}
      </p>
      <p class="marks" aria-hidden="true">
        {marks.map((name, i) => (
          <span key={i} class={name} />
        ))}
      </p>
    </div>
  );
}
