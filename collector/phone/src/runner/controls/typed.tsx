/** Answers that are typed: text and numbers. */

import type { JSX, TargetedEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../text/i18n.ts";
import { appears, attributes, type ControlProps } from "./control.ts";
import { shownDecimal, SPECIAL_CODES, specialCodes, storedDecimal, storedInteger } from "./numbers.ts";

type Convert = (text: string) => string;

const same: Convert = (text) => text;

/**
 * The text being typed, kept apart from the stored answer: "2," is on its way to "2,5" and must not
 * be rewritten under the person's fingers. It follows the answer when something else changes it, and
 * the language, in which a decimal has another mark.
 */
function useTyped(props: ControlProps, stored: Convert, shown: Convert): [string, (typed: string) => void] {
  const { inst } = props;
  const [typed, setTyped] = useState(() => shown(inst.raw));
  // Compared with the answer as it is now, not as it was drawn: fast fingers are ahead of the screen.
  const own = useRef(inst.raw);
  const spoken = useRef(props.language);
  useEffect(() => {
    if (inst.raw === own.current && props.language === spoken.current) return;
    own.current = inst.raw;
    spoken.current = props.language;
    setTyped(shown(inst.raw));
  }, [props.value, props.language]);
  const type = (next: string): void => {
    setTyped(next);
    props.onAnswer(stored(next));
    own.current = inst.raw;
  };
  return [typed, type];
}

export function TextInput(props: ControlProps): JSX.Element {
  const [typed, type] = useTyped(props, same, same);
  const numeric = appears(props.inst, "numbers");
  const shared = {
    ...attributes(props),
    value: typed,
    autocomplete: "off",
    onInput: (event: TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) => type(event.currentTarget.value),
    onChange: props.onDone,
  };
  if (appears(props.inst, "multiline")) return <textarea class="input" rows={4} {...shared} />;
  return <input class="input" type="text" inputMode={numeric ? "numeric" : undefined} {...shared} />;
}

export function IntegerInput(props: ControlProps): JSX.Element {
  return <NumberInput {...props} mode="numeric" stored={storedInteger} shown={same} />;
}

export function DecimalInput(props: ControlProps): JSX.Element {
  const shown = (text: string): string => shownDecimal(text, props.language);
  return <NumberInput {...props} mode="decimal" stored={storedDecimal} shown={shown} />;
}

interface NumberProps extends ControlProps {
  readonly mode: "numeric" | "decimal";
  readonly stored: Convert;
  readonly shown: Convert;
}

function NumberInput(props: NumberProps): JSX.Element {
  const [typed, type] = useTyped(props, props.stored, props.shown);
  const codes = specialCodes(props.inst.def.constraint);
  const isCode = codes.some((code) => code === props.value);
  return (
    <div class="number">
      <input
        class="input"
        type="text"
        inputMode={props.mode}
        autocomplete="off"
        {...attributes(props)}
        value={isCode ? "" : typed}
        onInput={(event) => type(event.currentTarget.value)}
        onChange={props.onDone}
      />
      {codes.map((code) => (
        <button
          key={code}
          type="button"
          class="chip"
          aria-pressed={props.value === code}
          onClick={() => type(props.value === code ? "" : code)}
        >
          {t(SPECIAL_CODES[code])}
        </button>
      ))}
    </div>
  );
}
