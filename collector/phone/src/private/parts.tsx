/** Pieces of the private page: the frame, a heading that takes the focus, large choices. */

import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export function Heading({ children, at }: { readonly children: ComponentChildren; readonly at: string }): JSX.Element {
  const ref = useRef<HTMLHeadingElement>(null);
  // Before the screen can take a key: a focus that moves later would swallow what was pressed.
  useLayoutEffect(() => {
    ref.current?.focus();
    scrollTo(0, 0);
  }, [at]);
  return (
    <h1 tabIndex={-1} ref={ref}>
      {children}
    </h1>
  );
}

export interface Option {
  readonly code: string;
  readonly label: string;
}

interface ChoicesProps {
  readonly at: string;
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly several: boolean;
  readonly onChoose: (codes: readonly string[], last: string) => void;
}

/** One question: native radio buttons or checkboxes in rows that are targets as a whole. */
export function Choices({ at, label, hint, options, chosen, several, onChoose }: ChoicesProps): JSX.Element {
  const take = (code: string, on: boolean): void => {
    const wanted = several ? options.map((one) => one.code).filter((one) => (one === code ? on : chosen.includes(one))) : [code];
    onChoose(wanted, code);
  };
  return (
    <fieldset aria-describedby={hint ? "hint" : undefined}>
      <legend>
        <Heading at={at}>{label}</Heading>
      </legend>
      {hint && (
        <p class="hint" id="hint">
          {hint}
        </p>
      )}
      {options.map(({ code, label: text }) => (
        <label class="option" key={`${at} ${code}`}>
          <input
            type={several ? "checkbox" : "radio"}
            name="answer"
            autocomplete="off"
            checked={chosen.includes(code)}
            onChange={(event) => take(code, event.currentTarget.checked)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
