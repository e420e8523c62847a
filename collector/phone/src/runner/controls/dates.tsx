/** Dates and times, with the phone's own pickers. */

import type { JSX } from "preact";
import { dateText } from "../../text/format.ts";
import { language } from "../../text/i18n.ts";
import { localDateTime } from "../../engine/values.ts";
import { appears, attributes, type ControlProps } from "./control.ts";

interface PickerProps {
  readonly props: ControlProps;
  readonly type: "date" | "month" | "time" | "datetime-local";
  readonly value: string;
  readonly stored: (picked: string) => string;
}

function Picker({ props, type, value, stored }: PickerProps): JSX.Element {
  return (
    <input
      class="input"
      type={type}
      {...attributes(props)}
      value={value}
      onInput={(event) => props.onAnswer(stored(event.currentTarget.value))}
      onChange={props.onDone}
    />
  );
}

const same = (text: string): string => text;

export function DateInput(props: ControlProps): JSX.Element {
  if (appears(props.inst, "year")) return <YearInput {...props} />;
  if (appears(props.inst, "month-year")) {
    const stored = (month: string): string => month && `${month}-01`;
    return <Picker props={props} type="month" value={props.value.slice(0, 7)} stored={stored} />;
  }
  return (
    <>
      <Picker props={props} type="date" value={props.value} stored={same} />
      {props.value && <p class="echo">{dateText(props.value, language())}</p>}
    </>
  );
}

function YearInput(props: ControlProps): JSX.Element {
  const stored = (year: string): string => (/^\d{4}$/.test(year) ? `${year}-01-01` : year);
  return (
    <input
      class="input"
      type="text"
      inputMode="numeric"
      maxLength={4}
      {...attributes(props)}
      value={props.value.slice(0, 4)}
      onInput={(event) => props.onAnswer(stored(event.currentTarget.value.trim()))}
      onChange={props.onDone}
    />
  );
}

export function MonthInput(props: ControlProps): JSX.Element {
  return <Picker props={props} type="month" value={props.value} stored={same} />;
}

export function TimeInput(props: ControlProps): JSX.Element {
  return <Picker props={props} type="time" value={props.value.slice(0, 5)} stored={same} />;
}

export function DateTimeInput(props: ControlProps): JSX.Element {
  const stored = (picked: string): string => picked && localDateTime(new Date(picked));
  return <Picker props={props} type="datetime-local" value={props.value.slice(0, 16)} stored={stored} />;
}
