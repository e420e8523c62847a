/** The screens behind the list: one household, and adding one. */

import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { go, goBackTo } from "../router.ts";
import { useApp } from "../ui/hooks.ts";
import { Icon } from "../ui/icons.tsx";
import { Banner, Waiting } from "../ui/plain.tsx";
import { Actions } from "./Actions.tsx";
import { codeProblem, useWork, villageName, type Known } from "./data.ts";
import { findCode, plainCode, type Household } from "./households.ts";
import { Remarks, State } from "./state.tsx";
import { say } from "./words.ts";

/** One household, on the list or about to be added. */
export function HouseholdPage({ id }: { readonly id: string }): JSX.Element {
  const known = useWork();
  if (!known) return known === null ? <Page title={say("listOfHouseholds")} /> : <Waiting />;
  const [village = "", code = ""] = id.split("/");
  const found = known.households.find((one) => one.village === village && one.code === code);
  const household = found ?? notListed(village, code);
  return (
    <Page title={say("household", { code })}>
      <p class="who">
        <span>{villageName(known, village)}</span>
        <Remarks of={household} />
        <State of={household} />
      </p>
      <div class="stack wide">
        <Actions known={known} household={household} />
      </div>
    </Page>
  );
}

function notListed(village: string, code: string): Household {
  const nothing = { waits: false, draft: undefined, back: undefined };
  return { village, code, order: 0, role: "added", state: "to-visit", visits: 0, last: null, ...nothing };
}

/** Adding a household: its code, looked up on the list first, then judged as its form will. */
export function AddPage(): JSX.Element {
  const known = useWork();
  if (!known) return known === null ? <Page title={say("addHousehold")} /> : <Waiting />;
  return (
    <Page title={say("addHousehold")}>
      <p>{say("addHelp")}</p>
      <AddForm known={known} />
    </Page>
  );
}

function AddForm({ known }: { readonly known: Known }): JSX.Element {
  const { session, language } = useApp();
  const [typed, setTyped] = useState("");
  const [village, setVillage] = useState(known.villages[0]?.code ?? "");
  const [problem, setProblem] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const code = plainCode(typed);
  const same = code ? findCode(known.households, code) : undefined;

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (same) return;
    const found = code ? await codeProblem(known, { village, code }, session, language) : say("codeEmpty");
    setProblem(found);
    if (found) input.current?.focus();
    else go({ name: "work", id: `${village}/${code}` }, true);
  }

  return (
    <form class="stack wide" noValidate onSubmit={(event) => void submit(event)}>
      <div class="question">
        <label for="new-code">{say("code")}</label>
        <input
          id="new-code"
          ref={input}
          class="input"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          value={typed}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? "new-code-problem" : undefined}
          onInput={(event) => (setTyped(event.currentTarget.value), setProblem(""))}
        />
        {problem && <p class="fault" id="new-code-problem" role="alert">{problem}</p>}
      </div>
      {known.villages.length > 1 && (
        <div class="question">
          <label for="new-village">{say("inVillage")}</label>
          <select id="new-village" class="input" value={village} onChange={(event) => setVillage(event.currentTarget.value)}>
            {known.villages.map((one) => <option key={one.code} value={one.code}>{one.name}</option>)}
          </select>
        </div>
      )}
      {same ? (
        <Banner
          tone="warn"
          icon="alert"
          action={
            <button type="button" class="button" onClick={() => go({ name: "work", id: `${same.village}/${same.code}` }, true)}>
              {say("lookAt", { code: same.code })}
            </button>
          }
        >
          {say("codeKnown", { code: same.code })}
        </Banner>
      ) : (
        <button type="submit" class="button primary wide">
          <span>{say("add")}</span>
          <Icon name="forward" />
        </button>
      )}
    </form>
  );
}

interface PageProps {
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** A screen with its name, and the way back to the list. */
function Page({ title, children }: PageProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <section class="household-page">
      <button type="button" class="button plain back" onClick={() => goBackTo({ name: "work", id: "" })}>
        <Icon name="back" />
        {say("toList")}
      </button>
      <h2 ref={heading} tabIndex={-1}>{title}</h2>
      {children}
    </section>
  );
}
