/** A PIN by thumb or by keys: an input that opens no keyboard of the phone's own, and large digits. */

import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { PIN } from "../store/pin.ts";
import { t } from "../text/i18n.ts";
import { Icon } from "./icons.tsx";
import { Banner } from "./plain.tsx";

interface PinPadProps {
  readonly label: string;
  /** What the key below the digits says. */
  readonly action: string;
  readonly problem: string;
  readonly busy?: boolean;
  /** Whether a wait has to pass first. */
  readonly blocked?: boolean;
  readonly children?: ComponentChildren;
  onPin(pin: string): void;
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
const LONGEST = 8;

export function PinPad({ label, action, problem, busy = false, blocked = false, children, onPin }: PinPadProps): JSX.Element {
  const [pin, setPin] = useState("");
  const [short, setShort] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.focus(), [label]);
  const change = (typed: string): void => {
    setShort(false);
    setPin(typed.replace(/\D/g, "").slice(0, LONGEST));
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (busy || blocked) return;
    setShort(!PIN.test(pin));
    if (!PIN.test(pin)) return;
    setPin("");
    onPin(pin);
  };
  const said = short ? t("pinShort") : problem;
  const digit = (key: string): JSX.Element => (
    <button key={key} type="button" class="button digit" onClick={() => change(pin + key)}>
      {key}
    </button>
  );
  return (
    <form class="pin" onSubmit={submit} noValidate>
      {said && <Banner tone="bad" icon="alert">{said}</Banner>}
      <label for="pin">{label}</label>
      <input
        ref={input}
        id="pin"
        class="input"
        type="password"
        inputMode="none"
        autocomplete="off"
        maxLength={LONGEST}
        value={pin}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <div class="keypad">
        {DIGITS.map(digit)}
        <button type="button" class="button digit" aria-label={t("pinErase")} onClick={() => change(pin.slice(0, -1))}>
          <Icon name="back" />
        </button>
        {digit("0")}
        <button type="submit" class="button primary digit" aria-label={action} aria-busy={busy} aria-disabled={blocked}>
          <Icon name="check" />
        </button>
      </div>
      {children}
    </form>
  );
}
