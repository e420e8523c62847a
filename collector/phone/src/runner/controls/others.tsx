/** A range's slider, and the box that confirms something was read. */

import type { JSX } from "preact";
import { t } from "../../text/i18n.ts";
import { attributes, type ControlProps } from "./control.ts";
import { shownDecimal } from "./numbers.ts";

/** Keys that set a slider: at its start they move nothing, and choose it all the same. */
const MOVES = /^(Arrow|Page|Home|End)/;

export function RangeInput(props: ControlProps): JSX.Element {
  const { start = 0, end = 10, step = 1 } = props.inst.def.range ?? {};
  const shown = (n: string | number): string => shownDecimal(String(n), props.language);
  return (
    <div class={`range ${props.value === "" ? "unset" : ""}`}>
      <output for={props.id}>{props.value === "" ? t("notSet") : shown(props.value)}</output>
      <input
        type="range"
        min={start}
        max={end}
        step={step}
        {...attributes(props)}
        disabled={props.readonly}
        value={props.value === "" ? String(start) : props.value}
        aria-valuetext={props.value === "" ? t("notSet") : shown(props.value)}
        onInput={(event) => props.onAnswer(event.currentTarget.value)}
        onPointerUp={(event) => props.onAnswer(event.currentTarget.value)}
        onKeyUp={({ key, currentTarget }) => MOVES.test(key) && props.onAnswer(currentTarget.value)}
        onChange={props.onDone}
      />
      <div class="ends" aria-hidden="true">
        <span>{shown(start)}</span>
        <span>{shown(end)}</span>
      </div>
    </div>
  );
}

export function Acknowledge(props: ControlProps): JSX.Element {
  return (
    <div class="options column">
      <label class="option">
        <input
          type="checkbox"
          id={props.id}
          aria-describedby={props.describedBy}
          checked={props.value === "OK"}
          disabled={props.readonly}
          onClick={() => {
            props.onAnswer(props.value === "OK" ? "" : "OK");
            props.onDone();
          }}
        />
        <span class="mark" aria-hidden="true" />
        <span class="text">{t("confirm")}</span>
      </label>
    </div>
  );
}
