/** Signing in: once, with a network; afterwards the app opens without one. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { arrive, deviceName } from "../arrive.ts";
import { ask } from "../net/api.ts";
import type { Reply } from "../net/reply.ts";
import { go } from "../router.ts";
import type { Session } from "../store/database.ts";
import { t } from "../text/i18n.ts";
import { Banner, LanguageChoice, type Speech } from "../ui/plain.tsx";

export interface SignInProps extends Speech {
  /** The person whose sign-in ended, if any. */
  readonly before: Session | undefined;
  readonly onCancel?: (() => void) | undefined;
}

const PLAIN = { type: "text", autocomplete: "current-password" } as const;
const HIDDEN = { type: "password", autocomplete: "current-password" } as const;

export function SignIn({ before, language, setLanguage, onCancel }: SignInProps): JSX.Element {
  const [username, setUsername] = useState(before?.user.username ?? "");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (busy) return;
    if (!username.trim() || !password) return setProblem(t("signInEmpty"));
    setBusy(true);
    setProblem("");
    setProblem(await signIn(username.trim(), password));
    setBusy(false);
  }

  return (
    <main class="page narrow">
      <img src="/phone/icon.svg" alt="" width="64" height="64" class="logo" />
      <h1>{t("app")}</h1>
      <p class="lead">{before ? t("signInAgain") : t("signInLead")}</p>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {problem && <Banner tone="bad" icon="alert">{problem}</Banner>}
        <div class="question">
          <label for="username">{t("username")}</label>
          <input
            id="username"
            class="input"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            value={username}
            onInput={(event) => setUsername(event.currentTarget.value)}
          />
        </div>
        <div class="question">
          <label for="password">{t("password")}</label>
          <input
            id="password"
            class="input"
            {...(shown ? PLAIN : HIDDEN)}
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
          <label class="option small">
            <input type="checkbox" checked={shown} onClick={() => setShown(!shown)} />
            <span class="mark" aria-hidden="true" />
            <span class="text">{t("showPassword")}</span>
          </label>
        </div>
        <button type="submit" class="button primary wide" aria-busy={busy}>
          {busy ? t("signingIn") : t("signIn")}
        </button>
        <button type="button" class="button wide" onClick={() => go({ name: "enrol", code: "" })}>
          {t("haveCode")}
        </button>
        {onCancel && (
          <button type="button" class="button wide" onClick={onCancel}>
            {t("back")}
          </button>
        )}
      </form>
      <LanguageChoice language={language} setLanguage={setLanguage} />
    </main>
  );
}

/** Returns what went wrong, "" for nothing. */
async function signIn(username: string, password: string): Promise<string> {
  const device = await deviceName();
  const reply = await ask("session", { method: "POST", body: { username, password, device }, patience: 30_000 });
  const problem = problemOf(reply);
  if (!problem && reply.kind === "reply") await arrive(reply.body);
  return problem;
}

function problemOf(reply: Reply): string {
  if (reply.kind === "none") return t(reply.why === "not-ours" ? "signInPortal" : "signInOffline");
  const { status, body } = reply;
  if (status === 200 && typeof body["token"] === "string" && typeof body["key"] === "string") return "";
  if (status === 401) return t("signInWrong");
  if (status === 429) return t("signInTooMany");
  return typeof body["message"] === "string" ? body["message"] : t("signInOffline");
}
