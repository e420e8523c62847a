/** What stands behind the lock, but for an interview: a heading, the screen, the tabs. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { choosePin } from "./arrive.ts";
import { sync } from "./net/sync.ts";
import { go, type Route } from "./router.ts";
import { Home } from "./screens/Home.tsx";
import { unsaved } from "./store/drafts.ts";
import { listEntries } from "./store/queue.ts";
import { isFull, trouble } from "./store/trouble.ts";
import { unlockedFor } from "./store/vault.ts";
import { t, type Key } from "./text/i18n.ts";
import { sameText, useApp, useOnline, useStored } from "./ui/hooks.ts";
import { Icon } from "./ui/icons.tsx";
import { later } from "./ui/later.tsx";
import { Demonstration, WrongClock } from "./ui/parts.tsx";
import { Banner } from "./ui/plain.tsx";
import { keepLater, onUpdate, takeUpdate } from "./worker.ts";

const SignIn = later(async () => (await import("./screens/Enrol.tsx")).SignIn);
const Correct = later(async () => (await import("./screens/more.ts")).Correct);
const WorkScreen = later(async () => (await import("./screens/more.ts")).WorkScreen);
const Sent = later(async () => (await import("./screens/more.ts")).Sent);
const Settings = later(async () => (await import("./screens/more.ts")).Settings);

const TABS = [
  { name: "home", key: "tabForms", icon: "form" },
  { name: "sent", key: "tabSent", icon: "sent" },
  { name: "settings", key: "tabSettings", icon: "settings" },
] as const;
/** The tab to which a screen without one belongs. */
const TAB_OF: Partial<Record<Route["name"], TabProps["name"]>> = { work: "home", correct: "sent" };

export function Frame({ route }: { readonly route: Route }): JSX.Element {
  const { session } = useApp();
  const [signingIn, setSigningIn] = useState(false);
  const online = useOnline(); // back again, what was cut off on the first visit is fetched
  useEffect(() => {
    if (session.token) setSigningIn(false);
    if (session.token) void sync().then(keepLater);
    // An app from before the PIN: it goes on in clear until the server can be asked for the key.
    if (session.token && !unlockedFor()) void choosePin(session);
  }, [session.token, route.name, online]);
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
          <Tab key={name} name={name} label={key} current={route.name === name ? "page" : TAB_OF[route.name] === name ? "true" : undefined}>
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
  /** "page" on its own screen, "true" on one that belongs to it. */
  readonly current: "page" | "true" | undefined;
  readonly children: ComponentChildren;
}

function Tab({ name, label, current, children }: TabProps): JSX.Element {
  const press = (event: Event): void => {
    event.preventDefault();
    if (current !== "page") go({ name }, true);
  };
  return (
    <a href={name === "home" ? "#/" : `#/${name}`} aria-current={current} onClick={press}>
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
  const found = useStored(async () => ({ reason: trouble() }), "", (before, found) => before.reason === found.reason);
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
  }, owner, sameText);
  return <>{others?.map((other) => <Banner key={other.name} tone="info">{t("otherUser", other)}</Banner>)}</>;
}
