/** The screens that are not questions of the form. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Choices, Heading } from "./parts.tsx";
import type { Opened } from "./server.ts";
import { say, WATER, type Key, type Language } from "./words.ts";

interface CodeProps {
  readonly language: Language;
  readonly code: string;
  readonly busy: boolean;
  readonly trouble: Key | null;
  readonly onCode: (code: string) => void;
}

export function Code({ language, code, busy, trouble, onCode }: CodeProps): JSX.Element {
  const [typed, type] = useState(code);
  return (
    <form
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        onCode(typed);
      }}
    >
      <Heading at="code">{say(language, "codeTitle")}</Heading>
      {trouble && (
        <p class="trouble" role="alert">
          {say(language, trouble)}
        </p>
      )}
      <label for="code">{say(language, "codeLabel")}</label>
      <input
        id="code"
        class="typed"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxLength={40}
        required
        value={typed}
        onInput={(event) => type(event.currentTarget.value)}
      />
      <p class="keys">
        <button disabled={busy}>{say(language, busy ? "opening" : "open")}</button>
      </p>
    </form>
  );
}

export function Intro({ language, onBegin }: { readonly language: Language; readonly onBegin: () => void }): JSX.Element {
  return (
    <>
      <Heading at="intro">{say(language, "introTitle")}</Heading>
      {(["intro1", "intro2", "intro3", "intro4"] as const).map((key) => (
        <p key={key}>{say(language, key)}</p>
      ))}
      <p class="keys">
        <button onClick={onBegin}>{say(language, "begin")}</button>
      </p>
    </>
  );
}

interface WaterProps {
  readonly language: Language;
  readonly onBack: () => void;
}

/** Harmless questions; the way back is behind the last of them. */
export function Water({ language, onBack }: WaterProps): JSX.Element {
  const [at, go] = useState(0);
  const [chosen, choose] = useState<Readonly<Record<number, string>>>({});
  const index = language === "vi" ? 0 : 1;
  const question = WATER[at];
  if (!question) {
    return (
      <>
        <Heading at="water-done">{say(language, "waterDone")}</Heading>
        <p class="keys">
          <button class="quiet" onClick={() => go(0)}>
            {say(language, "again")}
          </button>
          <button onClick={onBack}>{say(language, "goOn")}</button>
        </p>
      </>
    );
  }
  return (
    <form
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        go(at + 1);
      }}
    >
      <p class="where">{say(language, "waterTitle")}</p>
      <Choices
        at={`water ${at}`}
        label={question.ask[index]}
        options={question.choices.map((choice, i) => ({ code: String(i), label: choice[index] }))}
        chosen={[chosen[at] ?? ""]}
        several={false}
        onChoose={([code = ""]) => choose({ ...chosen, [at]: code })}
      />
      <p class="keys">
        {at > 0 && (
          <button type="button" class="quiet" onClick={() => go(at - 1)}>
            {say(language, "back")}
          </button>
        )}
        <button>{say(language, "next")}</button>
      </p>
    </form>
  );
}

interface SendProps {
  readonly language: Language;
  readonly state: "ready" | "busy" | "failed";
  readonly onSend: () => void;
  readonly onBack: (() => void) | null;
}

export function Send({ language, state, onSend, onBack }: SendProps): JSX.Element {
  return (
    <>
      <Heading at="send">{say(language, "sendTitle")}</Heading>
      <p>{say(language, "sendText")}</p>
      {state === "failed" && (
        <p class="trouble" role="alert">
          {say(language, "notSent")}
        </p>
      )}
      <p class="keys">
        {onBack && (
          <button class="quiet" onClick={onBack}>
            {say(language, "back")}
          </button>
        )}
        <button disabled={state === "busy"} onClick={onSend}>
          {say(language, state === "busy" ? "sending" : state === "failed" ? "tryAgain" : "send")}
        </button>
      </p>
    </>
  );
}

interface ClosingProps {
  readonly language: Language;
  readonly opened: Opened;
  readonly outcome: Key;
  readonly onStop: () => void;
}

/** The same numbers for everyone, whatever was answered. */
export function Closing({ language, opened, outcome, onStop }: ClosingProps): JSX.Element {
  return (
    <>
      <Heading at="closing">{say(language, "thanks")}</Heading>
      <p role="status">{say(language, outcome)}</p>
      <h2>{say(language, "lines")}</h2>
      <ul class="lines">
        {opened.hotlines.map(({ number, name }) => (
          <li key={number}>
            <a href={`tel:${number.replace(/ /g, "")}`}>
              <b>{number}</b>
              <span>{name[language]}</span>
            </a>
          </li>
        ))}
      </ul>
      <p class="hint">{say(language, "checked", { day: written(opened.checked_on, language) })}</p>
      <p class="keys">
        <button onClick={onStop}>{say(language, "stop")}</button>
      </p>
    </>
  );
}

/** 2026-11-22 as the language writes it. */
function written(day: string, language: Language): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return language === "vi" ? `${Number(date)}/${Number(month)}/${year}` : day;
}
