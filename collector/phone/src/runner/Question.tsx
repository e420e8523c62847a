/** One question: its label, hint, control and, where it has one, its fault. */

import type { JSX } from "preact";
import type { Fault } from "../engine/check.ts";
import type { Choice } from "../engine/choices.ts";
import { pathOf, type Inst } from "../engine/instance.ts";
import type { Interview } from "../engine/interview.ts";
import type { ServerFault } from "../store/database.ts";
import { t, type Key } from "../text/i18n.ts";
import { Icon } from "../ui/icons.tsx";
import { Inline, Rich } from "../ui/parts.tsx";
import { besideChoice, BesideLabel } from "./Beside.tsx";
import { isDropDown } from "./controls/arrange.ts";
import type { ControlProps } from "./controls/control.ts";
import { CONTROLS } from "./controls/index.ts";

export interface QuestionProps {
  readonly interview: Interview;
  readonly inst: Inst;
  readonly language: string;
  /** Whether its fault may be shown yet. */
  readonly judged: boolean;
  readonly serverFault: ServerFault | undefined;
  readonly onAnswer: (inst: Inst, value: string) => void;
  readonly onDone: (inst: Inst) => void;
}

/** The element that carries a question, for moving the focus to it. */
export function elementId(inst: Inst): string {
  return `q${pathOf(inst).replace(/[^\w-]/g, "_")}`;
}

export function Question(props: QuestionProps): JSX.Element {
  const { interview, inst, language } = props;
  const text = interview.text(inst.def.label, language, inst);
  if (inst.def.kind === "note") return <Note {...props} text={text} />;
  const control = CONTROLS[inst.def.type ?? ""];
  const message = messageOf(props);
  const id = elementId(inst);
  const Input = control?.render;
  const inner = (
    <>
      <BesideLabel interview={interview} language={language} def={inst.def} inst={inst} />
      <Hints interview={interview} inst={inst} language={language} id={id} />
      {message && (
        <p class="fault" id={`${id}-fault`} role="alert">
          <Icon name="alert" />
          <span>{message}</span>
        </p>
      )}
      {Input && <Input {...controlProps(props, id, message)} />}
    </>
  );
  const label = <Label text={text || inst.name} optional={isOptional(interview, inst)} />;
  if (control?.several(inst.def, interview.model)) {
    return (
      <fieldset class="question" id={`${id}-q`} aria-invalid={message ? "true" : undefined}>
        <legend id={`${id}-label`}>{label}</legend>
        {inner}
      </fieldset>
    );
  }
  return (
    <div class="question" id={`${id}-q`}>
      <label id={`${id}-label`} for={id}>
        {label}
      </label>
      {inner}
    </div>
  );
}

function Note({ interview, inst, language, text }: QuestionProps & { readonly text: string }): JSX.Element {
  return (
    <div class="note" id={`${elementId(inst)}-q`}>
      <Rich text={text} />
      <BesideLabel interview={interview} language={language} def={inst.def} inst={inst} />
      <Hints interview={interview} inst={inst} language={language} id={elementId(inst)} />
    </div>
  );
}

function Label({ text, optional }: { readonly text: string; readonly optional: boolean }): JSX.Element {
  return (
    <>
      <Inline text={text} />
      {optional && <span class="optional"> ({t("optional")})</span>}
    </>
  );
}

function isOptional(interview: Interview, inst: Inst): boolean {
  const { required, readonly } = inst.def;
  return !interview.holds(inst, required) && !interview.holds(inst, readonly);
}

interface HintsProps {
  readonly interview: Interview;
  readonly inst: Inst;
  readonly language: string;
  readonly id: string;
}

function Hints({ interview, inst, language, id }: HintsProps): JSX.Element {
  const hint = interview.text(inst.def.hint, language, inst);
  const guidance = interview.text(inst.def.guidance, language, inst);
  return (
    <>
      {hint && (
        <div class="hint" id={`${id}-hint`}>
          <Rich text={hint} />
        </div>
      )}
      {guidance && (
        <details class="guidance">
          <summary>{t("moreHelp")}</summary>
          <Rich text={guidance} />
        </details>
      )}
    </>
  );
}

/** What a question's control gets. */
export function controlProps(props: QuestionProps, id: string, message: string): ControlProps {
  const { interview, inst, language, onAnswer, onDone } = props;
  const labelOf = (choice: Choice): string => interview.text(choice.label, language, inst) || choice.name;
  const described = [inst.def.hint && `${id}-hint`, message && `${id}-fault`].filter(Boolean).join(" ");
  return {
    inst,
    id,
    language,
    value: inst.raw,
    labelId: `${id}-label`,
    describedBy: described || undefined,
    invalid: message !== "",
    readonly: interview.holds(inst, inst.def.readonly),
    required: interview.holds(inst, inst.def.required),
    choices: interview.choices(inst),
    dropDown: isDropDown(inst.def, interview.model),
    labelOf,
    besideOf: (choice, only) => besideChoice(props, choice, labelOf(choice), only),
    onAnswer: (value) => onAnswer(inst, value),
    onDone: () => onDone(inst),
  };
}

/** The message under a question, "" for none: our own check first, then what the server said. */
export function messageOf({ interview, inst, language, judged, serverFault }: QuestionProps): string {
  const fault = judged ? interview.faultOf(inst) : undefined;
  if (fault) return faultText(interview, fault, language);
  return serverFault ? serverText(serverFault) : "";
}

/** What the server said of a question, or an officer who asks it again. */
export function serverText({ code, message }: ServerFault): string {
  return code === "asked" ? t("askedAgain", { reason: message }) : t("fromServer", { message });
}

const TYPE_FAULTS: Readonly<Record<string, Key>> = {
  integer: "faultInteger",
  decimal: "faultDecimal",
  range: "faultDecimal",
  date: "faultDate",
  time: "faultTime",
};

/** A fault in words: the sheet's own where it has some. */
export function faultText(interview: Interview, fault: Fault, language: string): string {
  const own = interview.text(fault.message, language, fault.inst);
  if (own) return own;
  if (fault.code === "required") return t("faultRequired");
  if (fault.code === "constraint") return t("faultConstraint");
  if (fault.code === "choice") return t("faultChoice");
  return t(TYPE_FAULTS[fault.inst.def.type ?? ""] ?? "faultOther");
}
