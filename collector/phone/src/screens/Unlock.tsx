/** The lock: a PIN, without a network. Wrong ones wait; nothing is ever wiped by them. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { readLock, tryPin, waited } from "../store/pin.ts";
import { sealClear } from "../store/sealing.ts";
import { reasonOf } from "../store/trouble.ts";
import type { Session } from "../store/types.ts";
import { askOthers } from "../store/vault.ts";
import { t } from "../text/i18n.ts";
import { PinPad } from "../ui/PinPad.tsx";
import { LanguageChoice, type Speech } from "../ui/plain.tsx";

const TICK_MS = 1000;

interface UnlockProps extends Speech {
  readonly session: Session;
  onForgotten(): void;
}

export function Unlock({ session, language, setLanguage, onForgotten }: UnlockProps): JSX.Element {
  const owner = session.user.username;
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(false);
  const [reason, setReason] = useState("");
  const [left, wait] = useWait(owner);
  useEffect(() => {
    void askOthers(); // the app opens behind this screen where another window has the keys
  }, []);

  async function open(pin: string): Promise<void> {
    setBusy(true);
    setReason("");
    try {
      const more = await tryPin(owner, pin);
      setWrong(more > 0);
      wait(more > 1 ? more : 0);
      if (!more) await sealClear(owner);
    } catch (error) {
      setReason(reasonOf(error)); // a try that cannot be counted is none
    }
    setBusy(false);
  }

  const seconds = Math.ceil(left / 1000);
  const rest = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <main class="page narrow">
      <h1>{t("app")}</h1>
      <p class="lead">{session.user.name || owner}</p>
      <PinPad
        label={t("pin")}
        action={t("unlock")}
        busy={busy}
        blocked={left > 0}
        problem={reason ? t("noStorage", { reason }) : left > 0 ? t("pinWait") : wrong ? t("pinWrong") : ""}
        onPin={(pin) => void open(pin)}
      >
        {left > 0 && <p class="quiet centre" role="timer">{rest}</p>}
        <button type="button" class="button wide" onClick={onForgotten}>
          {t("pinForgotten")}
        </button>
      </PinPad>
      <LanguageChoice language={language} setLanguage={setLanguage} />
    </main>
  );
}

/** Milliseconds still to wait, counted by the time that the app runs: a changed clock changes nothing. */
function useWait(owner: string): readonly [left: number, wait: (ms: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    void readLock(owner).then((lock) => setLeft(lock?.left ?? 0));
  }, [owner]);
  useEffect(() => {
    if (!left) return;
    const from = performance.now();
    const timer = setTimeout(() => void waited(owner, performance.now() - from).then(setLeft), TICK_MS);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}
