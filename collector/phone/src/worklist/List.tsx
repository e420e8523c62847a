/** The households in walking order: those that are left or all, found by code. */

import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { go, goBackTo } from "../router.ts";
import { Icon } from "../ui/icons.tsx";
import { Waiting } from "../ui/plain.tsx";
import { useWork } from "./data.ts";
import { isLeft, bareCode, type Household } from "./households.ts";
import { Remarks, State } from "./state.tsx";
import { say } from "./words.ts";

const STEP = 60; // rows at a time: what a slow phone draws without being felt

/** How the list was left, so that coming back from a household finds it so. */
const left = { all: false, query: "", shown: STEP, scroll: 0 };

export function List(): JSX.Element {
  const known = useWork();
  const [all, setAll] = useState(left.all);
  const [query, setQuery] = useState(left.query);
  const [shown, setShown] = useState(left.shown);
  Object.assign(left, { all, query, shown });
  useRestoredScroll(Boolean(known));
  if (!known) return known === null ? <BackHome /> : <Waiting />;

  const open = known.households.filter(isLeft);
  const wanted = bareCode(query);
  const from = all ? known.households : open;
  const found = wanted ? from.filter(({ code }) => bareCode(code).includes(wanted)) : from;
  const choose = (everything: boolean): void => (setAll(everything), setShown(STEP));
  return (
    <section class="work-list">
      <BackHome />
      <h2>{say("listOfHouseholds")}</h2>
      <div class="switch" role="group" aria-label={say("which")}>
        <button type="button" aria-pressed={!all} onClick={() => choose(false)}>{say("left", { count: open.length })}</button>
        <button type="button" aria-pressed={all} onClick={() => choose(true)}>{say("all", { count: known.households.length })}</button>
      </div>
      <label for="code" class="unseen">{say("searchCode")}</label>
      <input
        id="code"
        class="input"
        type="search"
        autocomplete="off"
        autocapitalize="characters"
        placeholder={say("searchCode")}
        value={query}
        onInput={(event) => (setQuery(event.currentTarget.value), setShown(STEP))}
      />
      <p class="unseen" role="status">{wanted ? say("shown", { n: found.length }) : ""}</p>
      {found.length ? <Rows households={found.slice(0, shown)} /> : <p class="empty">{say(wanted ? "noneFound" : "noneLeft")}</p>}
      {found.length > shown && <More count={Math.min(STEP, found.length - shown)} onMore={() => setShown(shown + STEP)} />}
      <button type="button" class="button add" onClick={() => go({ name: "work", id: "add" })}>
        <Icon name="plus" />
        {say("addHousehold")}
      </button>
    </section>
  );
}

function Rows({ households }: { readonly households: readonly Household[] }): JSX.Element {
  return (
    <ul class="card rows">
      {households.map((one) => (
        <li key={`${one.village}/${one.code}`}>
          <button type="button" class="open" onClick={() => go({ name: "work", id: `${one.village}/${one.code}` })}>
            <span class="who">
              <strong>{one.code}</strong>
              <Remarks of={one} />
            </span>
            <State of={one} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The next rows come when the end of the list is near; a press brings them too. */
function More({ count, onMore }: { readonly count: number; readonly onMore: () => void }): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && onMore(), { rootMargin: "400px" });
    watch.observe(button.current!);
    return () => watch.disconnect();
  });
  return (
    <button ref={button} type="button" class="button wide" onClick={onMore}>
      {say("more", { count })}
    </button>
  );
}

export function BackHome(): JSX.Element {
  return (
    <button type="button" class="button plain back" onClick={() => goBackTo({ name: "home" })}>
      <Icon name="back" />
      {say("toHome")}
    </button>
  );
}

function useRestoredScroll(ready: boolean): void {
  useLayoutEffect(() => {
    if (!ready) return;
    scrollTo(0, left.scroll);
    const note = (): void => void (left.scroll = scrollY);
    addEventListener("scroll", note, { passive: true });
    return () => removeEventListener("scroll", note);
  }, [ready]);
}
