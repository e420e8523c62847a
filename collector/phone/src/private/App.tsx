/** The private page: a code, a few questions, one sealed box. Nothing is kept, nothing can be undone. */

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Inst } from "../engine/instance.ts";
import { leave, watchExits } from "./leave.ts";
import { Choices, Heading } from "./parts.tsx";
import { Closing, Code, Intro, Send, Water } from "./screens.tsx";
import { call, type Opened } from "./server.ts";
import { Visit } from "./visit.ts";
import { say, type Key, type Language } from "./words.ts";

type Place =
  | { readonly at: "code"; readonly trouble: Key | null; readonly busy: boolean }
  | { readonly at: "intro" }
  | { readonly at: "question"; readonly index: number }
  | { readonly at: "send"; readonly state: "ready" | "busy" | "failed" }
  | { readonly at: "closing"; readonly outcome: Key };

/** Between the form and the water questions: away, or at the door back. */
type Cover = "none" | "water" | "door";

const IDLE_MS = 10 * 60_000;
const AROUND = "v0_private";

export function App({ code }: { readonly code: string }): JSX.Element {
  const [language, setLanguage] = useState<Language>("vi");
  const [place, go] = useState<Place>({ at: "code", trouble: null, busy: false });
  const [cover, setCover] = useState<Cover>("none");
  const [, redraw] = useState(0);
  const visit = useRef<Visit | null>(null);
  const forget = (): void => visit.current?.forget();
  const exit = (): void => leave(forget);

  const coverable = place.at === "intro" || place.at === "question" || place.at === "send";
  const hide = useRef((): void => {});
  hide.current = () => {
    if (coverable) setCover("water");
  };

  useEffect(() => watchExits(forget), []);
  useEffect(() => watchQuiet(() => hide.current()), []);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = say(language, "title");
  }, [language]);
  useEffect(() => {
    if (code) void open(code);
  }, []);

  async function open(typed: string): Promise<void> {
    go({ at: "code", trouble: null, busy: true });
    const { status, reply } = await call<Opened>("/gd/begin", { code: typed });
    if (!reply) return go({ at: "code", trouble: troubleOf(status), busy: false });
    visit.current = new Visit(typed, reply);
    go({ at: "intro" });
  }

  async function send(): Promise<void> {
    const { current } = visit;
    if (!current) return;
    const box = current.lock();
    go({ at: "send", state: "busy" });
    const { version } = current.opened.model;
    const { status } = await call("/gd/send", { code: current.code, version, box });
    if (status === 0 || status >= 429) return go({ at: "send", state: "failed" });
    current.forget();
    go({ at: "closing", outcome: status < 300 ? "received" : status === 404 ? "sentBefore" : "refused" });
  }

  function step(from: number, by: number): void {
    const screens = visit.current?.screens() ?? [];
    const index = from + by;
    if (index < 0) go({ at: "intro" });
    else if (index < screens.length) go({ at: "question", index });
    else if (visit.current?.agreed) go({ at: "send", state: "ready" });
    else go({ at: "closing", outcome: "nothingSent" });
  }

  function screen(): JSX.Element {
    const { current } = visit;
    if (cover === "water") return <Water language={language} onBack={() => setCover("door")} />;
    if (cover === "door" && current) {
      return <Door language={language} visit={current} onAlone={(alone) => setCover(alone ? "none" : "water")} />;
    }
    if (place.at === "code" || !current) {
      const { trouble, busy } = place.at === "code" ? place : { trouble: null, busy: false };
      return <Code language={language} code={code} busy={busy} trouble={trouble} onCode={(typed) => void open(typed)} />;
    }
    if (place.at === "intro") return <Intro language={language} onBegin={() => step(-1, 1)} />;
    if (place.at === "send") {
      const back = place.state === "ready" ? () => step(current.screens().length, -1) : null;
      return <Send language={language} state={place.state} onSend={() => void send()} onBack={back} />;
    }
    if (place.at === "closing") {
      return <Closing language={language} opened={current.opened} outcome={place.outcome} onStop={exit} />;
    }
    const inst = current.screens()[place.index];
    if (!inst) return <></>;
    return (
      <Question
        key={inst.name}
        language={language}
        visit={current}
        inst={inst}
        index={place.index}
        onAnswer={() => redraw((n) => n + 1)}
        onStep={(by) => step(place.index, by)}
        onStop={exit}
      />
    );
  }

  return (
    <>
      <header>
        {coverable && cover === "none" && (
          <button class="quiet" onClick={() => setCover("water")}>
            {say(language, "water")}
          </button>
        )}
        <button class="leave" onClick={exit}>
          {say(language, "leave")}
        </button>
      </header>
      <main>{screen()}</main>
      <footer>
        <button class="plain" lang={language === "vi" ? "en" : "vi"} onClick={() => setLanguage(language === "vi" ? "en" : "vi")}>
          {say(language, "otherLanguage")}
        </button>
      </footer>
    </>
  );
}

function troubleOf(status: number): Key {
  return status === 404 || status === 400 ? "codeSpent" : "noNetwork";
}

/** Cover the form when the page goes out of sight, or nobody touches it for a while. */
function watchQuiet(quiet: () => void): () => void {
  let timer = setTimeout(quiet, IDLE_MS);
  const busy = (): void => {
    clearTimeout(timer);
    timer = setTimeout(quiet, IDLE_MS);
  };
  const seen = (): void => {
    if (document.hidden) quiet();
  };
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, busy);
  document.addEventListener("visibilitychange", seen);
  return () => {
    clearTimeout(timer);
    for (const name of ["pointerdown", "keydown"]) removeEventListener(name, busy);
    document.removeEventListener("visibilitychange", seen);
  };
}

interface QuestionProps {
  readonly language: Language;
  readonly visit: Visit;
  readonly inst: Inst;
  readonly index: number;
  readonly onAnswer: () => void;
  readonly onStep: (by: number) => void;
  readonly onStop: () => void;
}

function Question({ language, visit, inst, index, onAnswer, onStep, onStop }: QuestionProps): JSX.Element {
  const { form } = visit;
  const label = form.text(inst.def.label, language, inst);
  if (inst.def.kind === "note") {
    return (
      <>
        <Heading at={inst.name}>{label}</Heading>
        <p class="keys">
          <button class="quiet" onClick={() => onStep(-1)}>
            {say(language, "back")}
          </button>
          <button onClick={onStop}>{say(language, "stop")}</button>
        </p>
      </>
    );
  }
  const chosen = inst.raw.split(" ").filter(Boolean);
  return (
    <form
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        onStep(1);
      }}
    >
      <p class="where">{say(language, "progress", { n: index + 1 })}</p>
      <Choices
        at={inst.name}
        label={label}
        hint={form.text(inst.def.hint, language, inst)}
        options={form.choices(inst).map((one) => ({ code: one.name, label: form.text(one.label, language, inst) }))}
        chosen={chosen}
        several={inst.def.type === "select_multiple"}
        onChoose={(codes, last) => {
          visit.answer(inst, codes, last);
          onAnswer();
        }}
      />
      <p class="keys">
        <button type="button" class="quiet" onClick={() => onStep(-1)}>
          {say(language, "back")}
        </button>
        <button>{say(language, "next")}</button>
      </p>
      <p class="centre">
        <button
          type="button"
          class="plain"
          onClick={() => {
            visit.answer(inst, [], "");
            onStep(1);
          }}
        >
          {say(language, "skip")}
        </button>
      </p>
    </form>
  );
}

interface DoorProps {
  readonly language: Language;
  readonly visit: Visit;
  readonly onAlone: (alone: boolean) => void;
}

/** The way back asks first who is there; whoever is not alone stays with the water. */
function Door({ language, visit, onAlone }: DoorProps): JSX.Element {
  const [chosen, choose] = useState("");
  const { model } = visit.opened;
  const question = model.nodes.find(({ name }) => name === AROUND);
  const text = (of: Readonly<Record<string, unknown>> | undefined): string => String(of?.[language] ?? "");
  return (
    <form
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        onAlone(chosen === "1" || chosen === "2");
      }}
    >
      <Choices
        at="door"
        label={text(question?.label)}
        options={(model.lists[question?.choices?.list ?? ""] ?? []).map(({ name, label }) => ({ code: name, label: text(label) }))}
        chosen={[chosen]}
        several={false}
        onChoose={([code = ""]) => choose(code)}
      />
      <p class="keys">
        <button>{say(language, "next")}</button>
      </p>
    </form>
  );
}
