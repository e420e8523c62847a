/** The state of an interview on the screen: where it stands, what may be judged, what is saved. */

import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { ownPaths, pathOf, type Inst } from "../engine/instance.ts";
import type { Interview } from "../engine/interview.ts";
import { sendLater, sync } from "../net/sync.ts";
import { go, goBackTo, leaveTo } from "../router.ts";
import type { Draft, ServerFault } from "../store/database.ts";
import { draftWriter } from "../store/drafts.ts";
import { enqueue } from "../store/queue.ts";
import { reasonOf } from "../store/trouble.ts";
import { attachments } from "./attach.ts";
import { aboutOf } from "./about.ts";
import { after, before, END, faultsToCorrect, progressAt, screenAt, screensOf, type Screen } from "./flow.ts";
import { needsFiles, TimeLog } from "./log.ts";
import { firstUnfinished, placeIn } from "./Roster.tsx";
import { formSummary } from "./summary.ts";

export interface RunnerState {
  /** undefined: the last screen, where the interview is looked over. */
  readonly screen: Screen | undefined;
  readonly progress: number;
  /** Whether the person tried to go on and was shown faults: now the screen may be left for later. */
  readonly stopped: boolean;
  readonly serverFaults: readonly ServerFault[];
  readonly failure: string | undefined;
  /** Whether everything is on the phone's disk. */
  readonly saved: boolean;
  judged(inst: Inst): boolean;
  answer(inst: Inst, value: string): void;
  done(inst: Inst): void;
  next(): void;
  later(): void;
  previous(): void;
  open(place: string): void;
  add(): void;
  remove(member: Inst): void;
  send(): void;
  leave(): void;
}

export function useRunner(initial: Draft, interview: Interview, place: string, language: string): RunnerState {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const [stopped, setStopped] = useState(false);
  const [failure, setFailure] = useState<string>();
  const draft = useRef(initial);
  // What came back shows its faults from the start; anything else when the person has been there.
  const [judged] = useState(() => new Set(cameBack(initial) ? faultyOnes(interview) : []));
  const sent = useRef(false);
  const [saved, setSaved] = useState(true);
  const writer = useMemo(() => draftWriter(initial.id, told), []);
  const log = useMemo(() => new TimeLog(interview.model, initial.log), []);
  const screen = place === END ? undefined : screenAt(interview, place);

  function told(done: boolean, error?: unknown): void {
    setSaved(done);
    if (done) setFailure(undefined);
    if (error !== undefined) setFailure(reasonOf(error));
  }

  const save = (at: string): void => {
    if (sent.current) return;
    const answers = interview.draft();
    draft.current = {
      ...draft.current,
      updated: new Date().toISOString(),
      place: at,
      summary: formSummary(interview, language),
      progress: progressAt(interview, screen),
      about: aboutOf(interview.model, answers),
      ...(log.kept ? { log: log.kept } : {}),
    };
    writer.write(draft.current, answers);
  };

  useEffect(() => {
    setStopped(false);
    if (place) log.show(screen);
    if (place === END) judge(faultyOnes(interview));
    if (!place) go({ name: "fill", id: initial.id, place: firstPlace(interview, draft.current) }, true);
    else save(place);
  }, [place]);

  const to = (at: Screen | undefined, how: typeof go | typeof goBackTo = go): void =>
    how({ name: "fill", id: initial.id, place: at?.place ?? END });

  const forward = (): void => to(screen && after(interview, screen));

  const judge = (insts: Iterable<Inst>): void => {
    for (const inst of insts) judged.add(inst);
    redraw(undefined);
  };

  /** Go on, unless something on this screen is wrong: then show what, and let the person decide. */
  const next = (): void => {
    if (!screen) return;
    const unfinished = screen.kind === "roster" ? firstUnfinished(interview, screen) : undefined;
    if (unfinished) return open(placeIn(interview, unfinished));
    const faulty = screen.nodes.filter((inst) => interview.faultOf(inst));
    if (!faulty.length) return forward();
    judge(screen.nodes);
    setStopped(true);
    focusQuestion(faulty[0]!);
  };

  const send = async (): Promise<void> => {
    if (sent.current) return;
    sent.current = true;
    interview.finish();
    const faults = faultsToCorrect(interview);
    if (faults.length) {
      sent.current = false;
      return open(faults[0]!.path);
    }
    await writer.settled();
    try {
      const answers = interview.ownAnswers();
      const about = aboutOf(interview.model, answers);
      const done = { ...draft.current, about, log: log.finished() };
      const own = ownPaths(interview.model.nodes, `/${interview.model.root}`);
      const files = needsFiles(interview.model) ? await attachments(interview, done) : [];
      await enqueue(done, answers, new Date().toISOString(), formSummary(interview, language), {
        ...(own.length ? { own } : {}),
        ...(files.length ? { files } : {}),
      });
    } catch (error) {
      sent.current = false;
      return setFailure(reasonOf(error));
    }
    writer.forget();
    void sendLater().then(() => sync(true));
    leaveTo({ name: "sent" });
  };

  const open = (at: string): void => go({ name: "fill", id: initial.id, place: at });

  return {
    screen,
    progress: progressAt(interview, screen),
    stopped,
    failure,
    saved,
    serverFaults: draft.current.faults ?? [],
    judged: (inst) => judged.has(inst),
    answer(inst, value) {
      interview.answer(inst, value);
      draft.current = withoutFault(draft.current, pathOf(inst));
      save(place);
      redraw(undefined);
    },
    done(inst) {
      if (inst.raw !== "") judge([inst]);
    },
    next,
    later: forward,
    previous: () => to(before(interview, screen), goBackTo),
    open,
    add() {
      const member = interview.addMember(screen!.parent!, screen!.repeat!);
      save(place);
      to(screensOf(interview, member)[0] ?? screen);
    },
    remove(member) {
      interview.removeMember(member);
      save(place);
      redraw(undefined);
    },
    send: () => void send(),
    // What is only on the screen is not left: the banner says why.
    leave: () => void writer.settled().then((kept) => (kept ? leaveTo({ name: "home" }) : scrollTo(0, 0))),
  };
}

function faultyOnes(interview: Interview): Inst[] {
  return faultsToCorrect(interview).map((fault) => fault.inst);
}

/** Whether an interview came back from the server. */
function cameBack(draft: Draft): boolean {
  return draft.faults !== undefined || draft.deprecatedId !== undefined;
}

/** Where an interview opens: at its first fault if it came back, else where it was left. */
function firstPlace(interview: Interview, draft: Draft): string {
  const known = draft.faults?.find((fault) => interview.find(fault.path));
  const fault = known?.path ?? (cameBack(draft) ? faultsToCorrect(interview)[0]?.path : undefined);
  return fault ?? (draft.place || (screensOf(interview, interview.root)[0]?.place ?? END));
}

function withoutFault(draft: Draft, path: string): Draft {
  if (!draft.faults?.some((fault) => fault.path === path)) return draft;
  return { ...draft, faults: draft.faults.filter((fault) => fault.path !== path) };
}

/** What a person answers with; a question with a file has its key for it. */
const INPUTS = "input:not([aria-hidden]), select, textarea";

function focusQuestion(inst: Inst): void {
  const id = `q${pathOf(inst).replace(/[^\w-]/g, "_")}-q`;
  const question = document.getElementById(id);
  question?.scrollIntoView({ block: "start" });
  question?.querySelector<HTMLElement>(`${INPUTS}, .upload button`)?.focus({ preventScroll: true });
}
