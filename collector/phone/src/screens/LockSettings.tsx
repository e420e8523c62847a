/** When the app locks itself, locking it now, and another PIN. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { choosePin } from "../arrive.ts";
import { lockAfter, MINUTES, setLockAfter } from "../store/autolock.ts";
import { lock } from "../store/vault.ts";
import { say } from "../text/enrol.ts";
import { useApp } from "../ui/hooks.ts";
import { Banner } from "../ui/plain.tsx";

export function LockSettings(): JSX.Element {
  const { session } = useApp();
  const [minutes, setMinutes] = useState<number>();
  const [offline, setOffline] = useState(false);
  useEffect(() => {
    void lockAfter().then(setMinutes);
  }, []);
  const choose = (wanted: number): void => {
    setMinutes(wanted);
    void setLockAfter(wanted);
  };
  return (
    <section>
      <h2>{say("lockTitle")}</h2>
      <div class="card pad stack">
        <label for="lock-after">{say("lockAfter")}</label>
        <select id="lock-after" class="input" value={minutes} onChange={(event) => choose(Number(event.currentTarget.value))}>
          {MINUTES.map((n) => (
            <option key={n} value={n}>
              {say("minutes", { n })}
            </option>
          ))}
        </select>
        {offline && <Banner tone="warn" icon="alert">{say("pinOffline")}</Banner>}
        <div class="buttons column">
          <button type="button" class="button" onClick={() => void lock(true)}>
            {say("lockNow")}
          </button>
          <button type="button" class="button" onClick={() => void choosePin(session).then((done) => setOffline(!done))}>
            {say("pinChange")}
          </button>
        </div>
      </div>
    </section>
  );
}
