/** An interview on the screen: the bar above, one screen of questions, the keys below. */

import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { pathOf, type Inst } from "../engine/instance.ts";
import type { Interview } from "../engine/interview.ts";
import type { Draft } from "../store/database.ts";
import { languageName } from "../text/format.ts";
import { t } from "../text/i18n.ts";
import { byKeys, isSecondTap, useApp } from "../ui/hooks.ts";
import { Icon } from "../ui/icons.tsx";
import { Demonstration, Dialog, notKept, WrongClock } from "../ui/parts.tsx";
import { Banner } from "../ui/plain.tsx";
import { BesideGroups } from "./Beside.tsx";
import { End } from "./End.tsx";
import { after, before, faultsToCorrect, screensOf, type Screen } from "./flow.ts";
import { elementId, Question, type QuestionProps } from "./Question.tsx";
import { firstUnfinished, memberName, missingIn, numberOf, Roster } from "./Roster.tsx";
import { calledName, plainText } from "./summary.ts";
import { isGrid, tableCode } from "./tables.ts";
import { useRunner, type RunnerState } from "./useRunner.ts";

interface RunnerProps {
  readonly draft: Draft;
  readonly interview: Interview;
  readonly place: string;
}

export function Runner({ draft, interview, place }: RunnerProps): JSX.Element {
  const { language, formLanguage } = useApp();
  const spoken = pickLanguage(interview, formLanguage ?? language);
  const state = useRunner(draft, interview, place, spoken);
  const main = useRef<HTMLFormElement>(null);
  // Before the screen can take a key: a focus that moves later would swallow what was pressed.
  useLayoutEffect(() => settle(main.current, state.screen, place), [place]);
  const { screen } = state;
  return (
    <>
      <TopBar interview={interview} about={draft.about?.household} language={spoken} progress={state.progress} onLeave={state.leave} />
      <main class="around">
        <form
          ref={main}
          id="screen"
          data-saved={String(state.saved)}
          class={screen && isGrid(screen.groups[screen.groups.length - 1]) ? "page fill wide" : "page fill"}
          tabIndex={-1}
          noValidate
          autocomplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            screen ? state.next() : state.send();
          }}
        >
          {state.failure && <Banner tone="bad" icon="alert">{notKept(state.failure)}</Banner>}
          {!screen && <WrongClock />}
          <Returned draft={draft} state={state} />
          {screen && <Crumbs interview={interview} screen={screen} language={spoken} />}
          {screen && <BesideGroups key={screen.place} interview={interview} screen={screen} language={spoken} />}
          {screen?.kind === "questions" && <Questions interview={interview} state={state} screen={screen} language={spoken} />}
          {screen?.kind === "roster" && (
            <Roster
              interview={interview}
              screen={screen}
              language={spoken}
              onOpen={(member) => state.open(firstPlaceOf(interview, member))}
              onAdd={state.add}
              onRemove={state.remove}
            />
          )}
          {!screen && (
            <End
              interview={interview}
              language={spoken}
              faults={faultsToCorrect(interview)}
              serverFaults={state.serverFaults}
              onOpen={state.open}
            />
          )}
          <Keys interview={interview} state={state} />
        </form>
      </main>
    </>
  );
}

/** The language of the labels: the chosen one where the form has it, else the form's first. */
function pickLanguage(interview: Interview, wanted: string): string {
  const { languages } = interview.model;
  return languages.includes(wanted) ? wanted : (languages[0] ?? wanted);
}

/** The first screen of a member, as an address. */
function firstPlaceOf(interview: Interview, member: Parameters<typeof screensOf>[1]): string {
  return screensOf(interview, member)[0]?.place ?? pathOf(member);
}

const FIRST_INPUT =
  ".question input:not([aria-hidden]), .question select, .question textarea, .upload button, .cell input, .cell select";

/** After a change of screen: to its top, and the focus where keys or a reader expect it. */
function settle(main: HTMLElement | null, screen: Screen | undefined, place: string): void {
  const wanted = screen?.nodes.find((inst) => pathOf(inst) === place);
  const question = wanted && wanted !== screen?.nodes[0] ? document.getElementById(`${elementId(wanted)}-q`) : null;
  const input = (question ?? main)?.querySelector<HTMLElement>(FIRST_INPUT);
  scrollTo(0, 0);
  question?.scrollIntoView({ block: "start" });
  if (input && (question || byKeys())) input.focus({ preventScroll: question !== null });
  else main?.focus({ preventScroll: true });
}

interface TopBarProps {
  readonly interview: Interview;
  /** The household, where the interview was begun for one. */
  readonly about: string | undefined;
  readonly language: string;
  readonly progress: number;
  readonly onLeave: () => void;
}

function TopBar({ interview, about, language, progress, onLeave }: TopBarProps): JSX.Element {
  const { title } = interview.model;
  const percent = Math.round(progress * 100);
  return (
    <header class="top">
      <Demonstration />
      <div class="bar">
        <button type="button" class="icon-button" aria-label={t("saveExit")} title={t("saveExit")} onClick={onLeave}>
          <Icon name="close" />
        </button>
        <h1>{[about, title[language] ?? title["vi"] ?? interview.model.form].filter(Boolean).join(" · ")}</h1>
        <Languages interview={interview} language={language} />
      </div>
      <progress max={100} value={percent} aria-label={t("progress", { percent })} />
    </header>
  );
}

/** Two languages: a button that changes to the other; more: a list. */
function Languages({ interview, language }: { readonly interview: Interview; readonly language: string }): JSX.Element | null {
  const { setFormLanguage } = useApp();
  const [choosing, setChoosing] = useState(false);
  const { languages, called } = interview.model;
  const nameOf = (code: string): string => called?.[code] ?? languageName(code);
  if (languages.length < 2) return null;
  const others = languages.filter((code) => code !== language);
  const shown = (others.length === 1 ? others[0]! : language).toUpperCase();
  const press = (): void => (others.length === 1 ? setFormLanguage(others[0]!) : setChoosing(true));
  return (
    <>
      <button type="button" class="language" onClick={press} aria-label={`${shown} – ${t("inForm")}: ${nameOf(language)}`}>
        <Icon name="language" />
        <span>{shown}</span>
      </button>
      {choosing && (
        <Dialog title={t("inForm")} onClose={() => setChoosing(false)}>
          <div class="buttons column">
            {languages.map((code) => (
              <button
                key={code}
                type="button"
                class="button"
                lang={code}
                aria-pressed={code === language}
                onClick={() => (setFormLanguage(code), setChoosing(false))}
              >
                {nameOf(code)}
              </button>
            ))}
          </div>
        </Dialog>
      )}
    </>
  );
}

/** Why the interview came back: on its last screen, and wherever the server found a fault. */
function Returned({ draft, state }: { readonly draft: Draft; readonly state: RunnerState }): JSX.Element | null {
  if (!draft.faults && !draft.deprecatedId) return null;
  const paths = new Set(state.screen?.nodes.map(pathOf));
  const here = state.serverFaults.filter((fault) => paths.has(fault.path));
  if (state.screen && !here.length) return null;
  // Where a question says itself why it is asked again, the reason is not said twice.
  const said = here.some((fault) => fault.code === "asked");
  return (
    <Banner tone="warn" icon="alert">
      {draft.reason && !said ? t("returnedBecause", { reason: draft.reason }) : t("returnedPlain")}
    </Banner>
  );
}

interface PartProps {
  readonly interview: Interview;
  readonly screen: Screen;
  readonly language: string;
}

/** Where one is: the innermost group that has a name, else the member. */
function Crumbs({ interview, screen, language }: PartProps): JSX.Element | null {
  const groups = screen.groups.map((group) => plainText(interview.text(group.def.label, language, group)));
  const member = screen.container.parent ? memberName(interview, screen.container, language) : "";
  const called = calledName(screen.container);
  const group = groups.filter(Boolean).pop();
  const text = group && called ? `${group} – ${called}` : (group ?? member);
  return text ? <h2 class="crumbs">{text}</h2> : null;
}

function Questions({ interview, state, screen, language }: PartProps & { readonly state: RunnerState }): JSX.Element {
  const nodes = screen.nodes.filter((inst) => inst.relevant);
  const propsOf = (inst: Inst): QuestionProps => ({
    interview,
    inst,
    language,
    judged: state.judged(inst),
    serverFault: state.serverFaults.find((fault) => fault.path === pathOf(inst)),
    onAnswer: state.answer,
    onDone: state.done,
  });
  const Table = tableCode();
  if (Table && isGrid(screen.groups[screen.groups.length - 1])) return <Table nodes={nodes} propsOf={propsOf} />;
  return (
    <div class="questions">
      {nodes.map((inst) => (
        <Question key={pathOf(inst)} {...propsOf(inst)} />
      ))}
    </div>
  );
}

interface KeysProps {
  readonly interview: Interview;
  readonly state: RunnerState;
}

/** The keys under the thumb: back, on, and a way on where an answer cannot be had now. */
function Keys({ interview, state }: KeysProps): JSX.Element {
  const { screen } = state;
  const isFirst = screen !== undefined && before(interview, screen) === undefined;
  const unfinished = screen?.kind === "roster" ? firstUnfinished(interview, screen) : undefined;
  const fault = screen ? undefined : faultsToCorrect(interview)[0];
  return (
    <div class={state.stopped || unfinished ? "keys three" : "keys"}>
      <button type="button" class="button" onClick={isFirst ? state.leave : state.previous}>
        <Icon name="back" />
        <span>{t(isFirst ? "leave" : "previous")}</span>
      </button>
      {(state.stopped || unfinished) && (
        <button type="button" class="button plain" onClick={state.later}>
          {t("later")}
        </button>
      )}
      {fault ? (
        <button type="button" class="button primary grow" onClick={() => state.open(fault.path)}>
          <span>{t("correct")}</span>
          <Icon name="forward" />
        </button>
      ) : (
        <button type="submit" class="button primary grow" onClick={(event) => isSecondTap(event) && !isAnswered(screen) && event.preventDefault()}>
          <span>{mainKey(interview, state)}</span>
          <Icon name={screen ? "forward" : "sent"} />
        </button>
      )}
    </div>
  );
}

/** Whether nothing on a screen is passed over unseen; the last screen is to be looked over first. */
function isAnswered(screen: Screen | undefined): boolean {
  return screen !== undefined && screen.nodes.every(({ def, relevant, raw }) => def.kind !== "question" || !relevant || raw !== "");
}

function mainKey(interview: Interview, { screen }: RunnerState): string {
  if (!screen) return t("send");
  const unfinished = screen.kind === "roster" ? firstUnfinished(interview, screen) : undefined;
  if (unfinished) return t("askNumber", { number: numberOf(unfinished) });
  const isLast = after(interview, screen)?.container !== screen.container && screen.container.parent !== null;
  return isLast && missingIn(interview, screen.container) === 0 ? t("memberEnd") : t("next");
}
