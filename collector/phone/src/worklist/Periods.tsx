/** The returns that a unit owes: what is late first, with the way to say that there was nothing. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ModelNode } from "../engine/model.ts";
import { go } from "../router.ts";
import { plainText } from "../runner/summary.ts";
import { Reopen, Why } from "../screens/Sent.tsx";
import type { Session, StoredForm } from "../store/database.ts";
import type { Language } from "../text/say.ts";
import { shortDay } from "./days.ts";
import { useApp } from "../ui/hooks.ts";
import { Icon } from "../ui/icons.tsx";
import { Banner } from "../ui/plain.tsx";
import { begin, formNamed, unitOf, type Known } from "./data.ts";
import { dayOf } from "./households.ts";
import { duesOf, partsOf, type Due } from "./periods.ts";
import { say } from "./words.ts";

export function Periods({ known }: { readonly known: Known }): JSX.Element {
  const dues = duesOf(known.work, known.phone, known.today);
  const sent = dues.filter(({ standing }) => standing === "sent");
  const open = dues.filter(({ standing }) => standing !== "sent");
  return (
    <section aria-labelledby="my-reports">
      <h2 id="my-reports">{say("reports")}</h2>
      <ul class="cards">
        {open.map((due) => <DueCard key={due.form + due.period} due={due} known={known} />)}
      </ul>
      {sent.length > 0 && (
        <details class="guidance">
          <summary>{say("sentReports", { count: sent.length })}</summary>
          <ul class="cards">
            {sent.map((due) => <SentLine key={due.form + due.period} due={due} />)}
          </ul>
        </details>
      )}
    </section>
  );
}

const nameOf = ({ title }: Due, language: Language): string => title[language] ?? title["vi"] ?? "";

export function periodText(period: string): string {
  const { year = period, quarter, month } = partsOf(period);
  if (quarter) return say("quarter", { quarter, year });
  return month ? say("month", { month, year }) : say("year", { year });
}

function SentLine({ due }: { readonly due: Due }): JSX.Element {
  const { language } = useApp();
  return (
    <li class="card pad who">
      <strong>{periodText(due.period)}</strong>
      <span>{nameOf(due, language)}</span>
      <span class="status all">
        <Icon name="check" />
        {say("sent")}
      </span>
    </li>
  );
}

function DueCard({ due, known }: { readonly due: Due; readonly known: Known }): JSX.Element {
  const { session, language } = useApp();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false); // a second tap would begin a second draft
  const { draft, back, standing } = due;
  const form = formNamed(known, due.form);
  const nil = !draft && !back && standing !== "waits" && form ? nilOf(form.model.nodes) : undefined;
  const nothing = nil ? say("reportNothing", { nil: nil.label(form!, language) }) : "";

  const press = (prefill: Record<string, string> = {}): void => {
    if (draft) return go({ name: "fill", id: draft.id, place: "" });
    if (busy) return;
    setBusy(true);
    void begin(form, session, async (found) => ({ ...(await prefillOf(found, due.period, session)), ...prefill }))
      .then(setProblem)
      .finally(() => setBusy(false));
  };
  const text = (
    <span class="who">
      <strong>{periodText(due.period)}</strong>
      <span>{nameOf(due, language)}</span>
      <DueState due={due} />
    </span>
  );
  if (back || standing === "waits") {
    return (
      <li class="card pad work">
        {text}
        {back && <Why work={back} />}
        {back && <Reopen work={back} />}
      </li>
    );
  }
  return (
    <li class={due.standing === "late" ? "card due late" : "card due"}>
      <button type="button" class="open" onClick={() => press()}>
        {text}
        <Icon name="forward" />
      </button>
      {nil && (
        <button
          type="button"
          class="button plain"
          aria-label={[nothing, nameOf(due, language), periodText(due.period)].join(", ")}
          onClick={() => press({ [nil.name]: NOTHING })}
        >
          {nothing}
        </button>
      )}
      {problem && <Banner tone="bad" icon="alert">{problem}</Banner>}
    </li>
  );
}

function DueState({ due }: { readonly due: Due }): JSX.Element {
  const { language } = useApp();
  const { standing, draft } = due;
  const day = shortDay(due.due, language, dayOf(new Date()));
  if (standing === "back") return <Status tone="bad" icon="alert" text={say("cameBack")} />;
  if (standing === "waits") return <Status tone="all" icon="wait" text={say("waitsToSend")} />;
  const late = standing === "late";
  const text = [say(late ? "lateSince" : "dueOn", { day }), draft && say("inProgress")].filter(Boolean).join(" · ");
  return <Status tone={late ? "bad" : "some"} icon={late ? "alert" : draft ? "form" : "wait"} text={text} />;
}

interface StatusProps {
  readonly tone: string;
  readonly icon: Parameters<typeof Icon>[0]["name"];
  readonly text: string;
}

function Status({ tone, icon, text }: StatusProps): JSX.Element {
  return (
    <span class={`status ${tone}`}>
      <Icon name={icon} />
      {text}
    </span>
  );
}

/** The questions by which our returns say that there was nothing, and the answer that says so. */
const NIL_QUESTIONS = ["nil", "no_births"];
const NOTHING = "1";

interface Nil {
  readonly name: string;
  readonly label: (form: StoredForm, language: string) => string;
}

function nilOf(nodes: readonly ModelNode[]): Nil | undefined {
  const question = nodes.find(({ name }) => NIL_QUESTIONS.includes(name));
  const list = question?.choices?.list;
  if (!question || list === undefined) return undefined;
  const label: Nil["label"] = (form, language) => {
    const said = form.model.lists[list]?.find(({ name }) => name === NOTHING)?.label;
    const text = typeof said === "object" ? (said[language] ?? said["vi"]) : undefined;
    return typeof text === "string" ? plainText(text) : "";
  };
  return { name: question.name, label };
}

/** The answers that the calendar knows: the period, whole or in its parts, and the person's own unit. */
async function prefillOf(form: StoredForm, period: string, session: Session): Promise<Record<string, string>> {
  const name = String(form.model.about?.["period"]);
  const asked = form.model.nodes.find((node) => node.name === name && node.kind === "question");
  const day = asked?.type === "date" ? `${period}-01-01`.slice(0, 10) : period;
  return { ...(asked ? { [name]: day } : partsOf(period)), ...(await unitOf(form, session)) };
}
