/** The doors of the app: who is signed in, whether the phone is locked, and what stands behind. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { arrival, type Arrival } from "./arrival.ts";
import { useRoute } from "./router.ts";
import { Unlock } from "./screens/Unlock.tsx";
import { onChange } from "./store/changes.ts";
import { writeValue, type Session } from "./store/database.ts";
import type { Protection } from "./store/pin.ts";
import { protection } from "./store/sealing.ts";
import { readSession } from "./store/session.ts";
import { unlockedFor } from "./store/vault.ts";
import { setLanguage as speak } from "./text/i18n.ts";
import type { Language } from "./text/say.ts";
import { App as Context, sameText, useStored, type AppContext } from "./ui/hooks.ts";
import { later } from "./ui/later.tsx";
import { wiped } from "./wipe.ts";

const Inside = later(async () => (await import("./inside.tsx")).Inside);
const SignIn = later(async () => (await import("./screens/Enrol.tsx")).SignIn);
const Enrol = later(async () => (await import("./screens/Enrol.tsx")).Enrol);
const SetPin = later(async () => (await import("./screens/Enrol.tsx")).SetPin);
const Wiped = later(async () => (await import("./screens/Enrol.tsx")).Wiped);
const Forgotten = later(async () => (await import("./screens/Enrol.tsx")).Forgotten);

export interface Remembered {
  readonly language: Language;
  readonly formLanguage: string | undefined;
}

export function App({ remembered }: { readonly remembered: Remembered }): JSX.Element | null {
  const [languages, setLanguages] = useState(remembered);
  const route = useRoute();
  const stored = useStored(whoAndWhat, "", sameText);
  const [open, setOpen] = useState(unlockedFor());
  useEffect(() => onChange(() => setOpen(unlockedFor())), []);
  const [forgotten, setForgotten] = useState(false);
  speak(languages.language);
  useEffect(() => {
    document.documentElement.lang = languages.language;
  }, [languages.language]);

  const setLanguage = (language: Language): void => {
    setLanguages({ language, formLanguage: undefined });
    void writeValue("language", language).then(() => writeValue("formLanguage", undefined));
  };
  const setFormLanguage = (code: string): void => {
    if (code === "vi" || code === "en") return setLanguage(code);
    setLanguages({ ...languages, formLanguage: code });
    void writeValue("formLanguage", code);
  };

  if (!stored) return null;
  const { session, state, arrived, gone } = stored;
  const speech = { language: languages.language, setLanguage };
  if (arrived) return <SetPin arrival={arrived} {...speech} />;
  if (route.name === "enrol") return <Enrol key={route.code} code={route.code} {...speech} />;
  if (gone && !session) return <Wiped at={gone} {...speech} />;
  if (!session) return <SignIn before={undefined} {...speech} />;
  if (state !== "clear" && open !== session.user.username) {
    if (forgotten) return <Forgotten session={session} {...speech} onCancel={() => setForgotten(false)} />;
    return <Unlock session={session} {...speech} onForgotten={() => setForgotten(true)} />;
  }
  const app: AppContext = { session, ...languages, setLanguage, setFormLanguage };
  return (
    <Context.Provider value={app}>
      <Inside route={route} />
    </Context.Provider>
  );
}

/** What decides which of the app's doors is open. */
async function whoAndWhat(): Promise<{ session: Session | undefined; state: Protection | undefined; arrived: Arrival | undefined; gone: string | undefined }> {
  const session = await readSession();
  const [state, left] = await Promise.all([session && protection(session.user.username), wiped()]);
  return { session, state, arrived: arrival(), gone: left?.at };
}
