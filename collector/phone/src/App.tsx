/** The whole app: who is signed in, which screen, and the frame around it. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { arrival, choosePin, type Arrival } from "./arrival.ts";
import { sync } from "./net/sync.ts";
import { go, useRoute, type Route } from "./router.ts";
import { Fill } from "./runner/Fill.tsx";
import { Home } from "./screens/Home.tsx";
import { SignIn } from "./screens/SignIn.tsx";
import { Unlock } from "./screens/Unlock.tsx";
import { onChange } from "./store/changes.ts";
import { writeValue, type Session } from "./store/database.ts";
import { unsaved } from "./store/drafts.ts";
import type { Protection } from "./store/pin.ts";
import { listEntries } from "./store/queue.ts";
import { protection } from "./store/sealing.ts";
import { readSession } from "./store/session.ts";
import { isFull, trouble } from "./store/trouble.ts";
import { unlockedFor } from "./store/vault.ts";
import type { Key, Language } from "./text/catalogue.ts";
import { setLanguage as speak, t } from "./text/i18n.ts";
import { App as Context, useApp, useOnline, useStored, type AppContext } from "./ui/hooks.ts";
import { Icon } from "./ui/icons.tsx";
import { later } from "./ui/later.tsx";
import { Banner, Demonstration, WrongClock } from "./ui/parts.tsx";
import { wiped } from "./wipe.ts";
import { keepLater, onUpdate, takeUpdate } from "./worker.ts";

const Correct = later(async () => (await import("./screens/more.ts")).Correct);
const Enrol = later(async () => (await import("./screens/Enrol.tsx")).Enrol);
const SetPin = later(async () => (await import("./screens/Enrol.tsx")).SetPin);
const Wiped = later(async () => (await import("./screens/Enrol.tsx")).Wiped);
const Forgotten = later(async () => (await import("./screens/Enrol.tsx")).Forgotten);
const WorkScreen = later(async () => (await import("./screens/more.ts")).WorkScreen);
const Sent = later(async () => (await import("./screens/more.ts")).Sent);
const Settings = later(async () => (await import("./screens/more.ts")).Settings);

export interface Remembered {
  readonly language: Language;
  readonly formLanguage: string | undefined;
}

export function App({ remembered }: { readonly remembered: Remembered }): JSX.Element | null {
  const [languages, setLanguages] = useState(remembered);
  const route = useRoute();
  const stored = useStored(whoAndWhat);
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
      {route.name === "fill" ? <Fill id={route.id} place={route.place} /> : <Frame route={route} />}
    </Context.Provider>
  );
}

/** What decides which of the app's doors is open. */
async function whoAndWhat(): Promise<{ session: Session | undefined; state: Protection | undefined; arrived: Arrival | undefined; gone: string | undefined }> {
  const session = await readSession();
  const [state, left] = await Promise.all([session && protection(session.user.username), wiped()]);
  return { session, state, arrived: arrival(), gone: left?.at };
}

const TABS = [
  { name: "home", key: "tabForms", icon: "form" },
  { name: "sent", key: "tabSent", icon: "sent" },
  { name: "settings", key: "tabSettings", icon: "settings" },
] as const;

/** Everything but an interview: a heading, the screen, the three tabs. */
function Frame({ route }: { readonly route: Route }): JSX.Element {
  const { session } = useApp();
  const [signingIn, setSigningIn] = useState(false);
  useEffect(() => {
    if (session.token) setSigningIn(false);
    if (session.token) void sync().then(keepLater);
    // An app from before the PIN: it goes on in clear until the server can be asked for the key.
    if (session.token && !unlockedFor()) void choosePin(session);
  }, [session.token, route.name]);
  if (signingIn) return <Again onCancel={() => setSigningIn(false)} />;
  return (
    <div class="frame">
      <Head />
      <main class="page">
        <Update />
        {!session.token && (
          <Banner
            tone="bad"
            icon="alert"
            action={<button type="button" class="button" onClick={() => setSigningIn(true)}>{t("signIn")}</button>}
          >
            {t("signInAgain")}
          </Banner>
        )}
        <Trouble />
        <WrongClock />
        <Others />
        {route.name === "home" && <Home />}
        {route.name === "work" && <WorkScreen id={route.id} />}
        {route.name === "sent" && <Sent />}
        {route.name === "correct" && <Correct key={route.id} id={route.id} />}
        {route.name === "settings" && <Settings />}
      </main>
      <nav class="tabs" aria-label={t("app")}>
        {TABS.map(({ name, key, icon }) => (
          <Tab key={name} name={name} label={key} current={route.name === name}>
            <Icon name={icon} />
          </Tab>
        ))}
      </nav>
    </div>
  );
}

function Again({ onCancel }: { readonly onCancel: () => void }): JSX.Element {
  const { session, language, setLanguage } = useApp();
  return <SignIn before={session} language={language} setLanguage={setLanguage} onCancel={onCancel} />;
}

function Head(): JSX.Element {
  const { session } = useApp();
  const online = useOnline();
  const place = [session.user.village?.name, session.commune.name].filter(Boolean).join(", ");
  return (
    <header>
      <Demonstration />
      <div class="head-bar">
        <div>
          <h1>{t("app")}</h1>
          <p>{place}</p>
        </div>
        <span class={`net ${online ? "on" : "off"}`} role="status">
          {online ? t("online") : t("offline")}
        </span>
      </div>
    </header>
  );
}

interface TabProps {
  readonly name: "home" | "sent" | "settings";
  readonly label: Key;
  readonly current: boolean;
  readonly children: ComponentChildren;
}

function Tab({ name, label, current, children }: TabProps): JSX.Element {
  const press = (event: Event): void => {
    event.preventDefault();
    if (!current) go({ name }, true);
  };
  return (
    <a href={name === "home" ? "#/" : `#/${name}`} aria-current={current ? "page" : undefined} onClick={press}>
      {children}
      <span>{t(label)}</span>
    </a>
  );
}

function Update(): JSX.Element | null {
  const [ready, setReady] = useState(false);
  useEffect(() => onUpdate(setReady), []);
  if (!ready) return null;
  const action = <button type="button" class="button" onClick={takeUpdate}>{t("updateNow")}</button>;
  return <Banner tone="info" action={action}>{t("update")}</Banner>;
}

/** What could not be kept on this phone, until it can. */
function Trouble(): JSX.Element | null {
  const found = useStored(async () => ({ reason: trouble() }));
  if (found?.reason === undefined) return null;
  const { reason } = found;
  return <Banner tone="bad" icon="alert">{isFull(reason) ? t(unsaved() ? "full" : "fullNow") : t("notSaved", { reason })}</Banner>;
}

/** Unsent interviews of other people on this phone: they cannot be sent, and are not forgotten. */
function Others(): JSX.Element | null {
  const { session } = useApp();
  const owner = session.user.username;
  const others = useStored(async () => {
    const entries = (await listEntries()).filter((entry) => entry.owner !== owner && entry.state === "waiting");
    const names = [...new Set(entries.map((entry) => entry.owner))];
    return names.map((name) => ({ name, n: entries.filter((entry) => entry.owner === name).length }));
  }, owner);
  return <>{others?.map((other) => <Banner key={other.name} tone="info">{t("otherUser", other)}</Banner>)}</>;
}
