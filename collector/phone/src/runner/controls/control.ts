import type { JSX } from "preact";
import type { Choice } from "../../engine/choices.ts";
import type { Inst } from "../../engine/instance.ts";

/** What a control gets. It holds no answers of its own: it shows `value` and tells `onAnswer`. */
export interface ControlProps {
  readonly inst: Inst;
  readonly value: string;
  /** id of the input that the question's label names. */
  readonly id: string;
  readonly labelId: string;
  /** ids of hint and message, for screen readers. */
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly readonly: boolean;
  readonly required: boolean;
  readonly language: string;
  readonly choices: readonly Choice[];
  /** Whether they are to be in a drop-down. */
  readonly dropDown: boolean;
  /** A choice's label as it reads here and now. */
  readonly labelOf: (choice: Choice) => string;
  /** What stands beside a choice's label. */
  readonly besideOf: (choice: Choice, only: "audio" | "image") => JSX.Element | null;
  readonly onAnswer: (value: string) => void;
  /** The person has finished with this question: its fault may be shown now. */
  readonly onDone: () => void;
}

/** The attributes that every native input of a question carries. */
export function attributes(props: ControlProps): Record<string, string | boolean | undefined> {
  return {
    id: props.id,
    "aria-describedby": props.describedBy,
    "aria-invalid": props.invalid ? "true" : undefined,
    "aria-required": props.required ? "true" : undefined,
    readOnly: props.readonly,
  };
}

export function appears(inst: Inst, word: string): boolean {
  return (inst.def.appearance ?? "").split(/\s+/).includes(word);
}
