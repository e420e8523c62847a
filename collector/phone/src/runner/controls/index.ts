/** Which control answers which type of question. A type that is not here cannot be filled. */

import type { FunctionComponent } from "preact";
import type { Model, ModelNode } from "../../engine/model.ts";
import { later } from "../../ui/later.tsx";
import { isDropDown } from "./arrange.ts";
import { SelectMultiple, SelectOne } from "./choices.tsx";
import { appears, type ControlProps } from "./control.ts";
import { DateInput, DateTimeInput, MonthInput, TimeInput } from "./dates.tsx";
import { Acknowledge, RangeInput } from "./others.tsx";
import { DecimalInput, IntegerInput, TextInput } from "./typed.tsx";

/** Only forms with photos or recordings need it: its code comes after the first visit. */
const Upload = later(async () => (await import("../../screens/more.ts")).Upload);

interface Control {
  readonly render: FunctionComponent<ControlProps>;
  /** Whether it is several inputs, which a legend names, or one, which a label names. */
  readonly several: (def: ModelNode, model: Model) => boolean;
}

const one = (render: Control["render"]): Control => ({ render, several: () => false });
const many = (render: Control["render"]): Control => ({ render, several: () => true });

export const CONTROLS: Readonly<Record<string, Control>> = {
  text: one((props) => (appears(props.inst, "month-year") ? MonthInput(props) : TextInput(props))),
  integer: one(IntegerInput),
  decimal: one(DecimalInput),
  range: one(RangeInput),
  date: one(DateInput),
  time: one(TimeInput),
  dateTime: one(DateTimeInput),
  select_one: { render: SelectOne, several: (def, model) => !isDropDown(def, model) },
  select_multiple: many(SelectMultiple),
  acknowledge: many(Acknowledge),
  image: one(Upload),
  audio: one(Upload),
};

/** The types of questions in a form that this app cannot fill. */
export function unsupported(model: Model): string[] {
  const types = new Set<string>();
  const look = (nodes: readonly ModelNode[]): void => {
    for (const node of nodes) {
      if (node.kind === "question" && !((node.type ?? "") in CONTROLS)) types.add(node.type ?? "?");
      look(node.children ?? []);
    }
  };
  look(model.nodes);
  return [...types];
}
