/** Taking a phone into use: a code from an officer, a PIN of one's own; and its end. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Arrival } from "../arrival.ts";
import { arrive, deviceName, settled } from "../arrive.ts";
import { ask } from "../net/api.ts";
import { go } from "../router.ts";
import { setPin } from "../store/setPin.ts";
import { reasonOf } from "../store/trouble.ts";
import type { Session } from "../store/types.ts";
import { dateTimeText } from "../text/format.ts";
import { say } from "../text/enrol.ts";
import { learn, t } from "../text/i18n.ts";
import { LATER } from "../text/later.ts";
import { PinPad } from "../ui/PinPad.tsx";
import { Banner, LanguageChoice, type Speech } from "../ui/plain.tsx";
import { SignIn } from "./SignIn.tsx";

export { SignIn };

learn(LATER);

const SYMBOLS = 8;
const plain = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** A code, typed or as the camera app read it: spent only when the person says so. */
export function Enrol({ code, ...speech }: Speech & { readonly code: string }): JSX.Element {
  const [typed, setTyped] = useState(code);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (busy) return;
    if (plain(typed).length !== SYMBOLS) return setProblem(say("codeShort"));
    setBusy(true);
    setProblem(await spend(plain(typed)));
    setBusy(false);
  }

  return (
    <main class="page narrow">
      <img src="/phone/icon.svg" alt="" width="64" height="64" class="logo" />
      <h1>{say("codeTitle")}</h1>
      <p class="lead">{say("codeLead")}</p>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {problem && <Banner tone="bad" icon="alert">{problem}</Banner>}
        <div class="question">
          <label for="code">{say("code")}</label>
          <p class="hint" id="code-hint">{say("codeHint")}</p>
          <input
            id="code"
            class="input code"
            aria-describedby="code-hint"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={16}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <button type="submit" class="button primary wide" aria-busy={busy}>
          {say(busy ? "codeGoing" : "codeGo")}
        </button>
        <button type="button" class="button wide" onClick={() => go({ name: "home" }, true)}>
          {t("back")}
        </button>
      </form>
      <LanguageChoice {...speech} />
    </main>
  );
}

/** Give a code to the server for a session; returns what went wrong, "" for nothing. */
async function spend(code: string): Promise<string> {
  const device = await deviceName();
  const reply = await ask("enrolment", { method: "POST", body: { code, device }, patience: 30_000 });
  if (reply.kind === "none") return reply.why === "not-ours" ? t("signInPortal") : say("codeOffline");
  const { status, body } = reply;
  if (status !== 200 || typeof body["key"] !== "string") {
    return typeof body["message"] === "string" ? body["message"] : say("codeOffline");
  }
  await arrive(body);
  go({ name: "home" }, true);
  return "";
}

/** Too easy to guess: one digit repeated, or digits in a row, up or down. */
export function isSimple(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, i) => Number(digit) - Number(pin[i])));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0]!);
}

/** A PIN, twice. Until it is set nothing of the sign-in is on the disk. */
export function SetPin({ arrival, ...speech }: Speech & { readonly arrival: Arrival }): JSX.Element {
  const [first, setFirst] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const { user } = arrival.session;

  async function take(pin: string): Promise<void> {
    setProblem("");
    if (!first) return isSimple(pin) ? setProblem(say("pinSimple")) : setFirst(pin);
    setFirst("");
    if (pin !== first) return setProblem(say("pinDiffers"));
    setBusy(true);
    try {
      await setPin(user.username, pin, arrival.key);
      await settled(true);
    } catch (error) {
      setProblem(say("pinFailed", { reason: reasonOf(error) }));
    }
    setBusy(false);
  }

  return (
    <main class="page narrow">
      <h1>{say("pinTitle")}</h1>
      <p class="lead">
        {say("pinHello", { name: user.name || user.username })} {say("pinLead")}
      </p>
      {arrival.known && <p>{say("pinKnown")}</p>}
      <PinPad
        label={say(first ? "pinAgain" : "pinNew")}
        action={say(first ? "pinDone" : "pinNext")}
        busy={busy}
        problem={problem}
        onPin={(pin) => void take(pin)}
      >
        {arrival.known && (
          <button type="button" class="button wide" onClick={() => void settled(false)}>
            {say("pinLater")}
          </button>
        )}
      </PinPad>
      <LanguageChoice {...speech} />
    </main>
  );
}

/** A new code or the password brings the same key: nothing on the phone is lost. */
export function Forgotten(props: Speech & { readonly session: Session; readonly onCancel: () => void }): JSX.Element {
  const { session, onCancel, ...speech } = props;
  const [password, setPassword] = useState(false);
  if (password) return <SignIn before={session} {...speech} onCancel={() => setPassword(false)} />;
  return (
    <main class="page narrow">
      <h1>{say("forgottenTitle")}</h1>
      <p class="lead">{say("forgottenLead")}</p>
      <div class="buttons column">
        <button type="button" class="button primary" onClick={() => go({ name: "enrol", code: "" })}>
          {t("haveCode")}
        </button>
        <button type="button" class="button" onClick={() => setPassword(true)}>
          {say("byPassword")}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {t("back")}
        </button>
      </div>
    </main>
  );
}

/** What a phone says that was given up for lost. */
export function Wiped({ at, ...speech }: Speech & { readonly at: string }): JSX.Element {
  return (
    <main class="page narrow">
      <h1>{say("wipedTitle")}</h1>
      <Banner tone="warn" icon="alert">{say("wipedBody", { when: dateTimeText(new Date(at)) })}</Banner>
      <div class="buttons column">
        <button type="button" class="button primary" onClick={() => go({ name: "enrol", code: "" })}>
          {t("haveCode")}
        </button>
      </div>
      <LanguageChoice {...speech} />
    </main>
  );
}
