/** Who is signed in, the language, the storage, and signing out without losing anything unasked. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { listDrafts } from "../store/drafts.ts";
import { listEntries } from "../store/queue.ts";
import { canInstall, install } from "../install.ts";
import { signOut } from "../signOut.ts";
import { t } from "../text/i18n.ts";
import { useApp, useStored } from "../ui/hooks.ts";
import { Confirm, Dialog } from "../ui/parts.tsx";
import { LanguageChoice } from "../ui/plain.tsx";
import { LockSettings } from "./LockSettings.tsx";
import { Rescue } from "./Rescue.tsx";

declare const APP_VERSION: string;

export function Settings(): JSX.Element {
  const { session, language, setLanguage } = useApp();
  const [leaving, setLeaving] = useState(false);
  const { user, commune } = session;
  return (
    <>
      <section>
        <h2>{t("account")}</h2>
        <dl class="card pad facts">
          <dt>{t("username")}</dt>
          <dd>{user.name ? `${user.name} (${user.username})` : user.username}</dd>
          {user.village && <dt>{t("village")}</dt>}
          {user.village && <dd>{user.village.name}</dd>}
          <dt>{t("commune")}</dt>
          <dd>{commune.name}</dd>
        </dl>
      </section>
      <section>
        <h2>{t("language")}</h2>
        <LanguageChoice language={language} setLanguage={setLanguage} />
      </section>
      <LockSettings />
      <Storage />
      <Rescue />
      <section>
        <button type="button" class="button danger wide" onClick={() => setLeaving(true)}>
          {t("signOut")}
        </button>
        <p class="quiet centre">{t("version", { version: APP_VERSION })}</p>
      </section>
      {leaving && <Leave onClose={() => setLeaving(false)} />}
    </>
  );
}

function Storage(): JSX.Element {
  const [kept, setKept] = useState<boolean>();
  const [installable, setInstallable] = useState(canInstall());
  useEffect(() => {
    void navigator.storage?.persisted?.().then(setKept);
  }, []);
  return (
    <section>
      <h2>{t("storage")}</h2>
      <div class="card pad stack">
        <p>{kept ? t("storageKept") : t("storageAtRisk")}</p>
        {installable && (
          <button type="button" class="button" onClick={() => void install().then(() => setInstallable(canInstall()))}>
            {t("install")}
          </button>
        )}
      </div>
    </section>
  );
}

/** Signing out: a plain question where all is sent, else the choice between keeping and deleting. */
function Leave({ onClose }: { readonly onClose: () => void }): JSX.Element | null {
  const { session } = useApp();
  const owner = session.user.username;
  const unsent = useStored(async () => {
    const entries = (await listEntries(owner)).filter((entry) => entry.state !== "sent");
    return { drafts: (await listDrafts(owner)).length, waiting: entries.length };
  }, owner);
  const [wiping, setWiping] = useState(false);
  if (!unsent) return null;
  const count = unsent.drafts + unsent.waiting;
  if (wiping) return <Wipe count={count} onClose={onClose} />;
  if (!count) {
    return (
      <Confirm
        title={t("signOutAsk")}
        body={t("signOutClean")}
        confirm={t("signOut")}
        onClose={onClose}
        onConfirm={() => void signOut(session, true)}
      />
    );
  }
  return (
    <Dialog title={t("signOutAsk")} onClose={onClose}>
      <p>
        {unsent.drafts > 0 && <strong class="block">{t("signOutDrafts", { n: unsent.drafts })}</strong>}
        {unsent.waiting > 0 && <strong class="block">{t("signOutWaiting", { n: unsent.waiting })}</strong>}
      </p>
      <p>{t("signOutKeepBody")}</p>
      <div class="buttons column">
        <button type="button" class="button primary" autofocus onClick={onClose}>
          {t("stay")}
        </button>
        <button type="button" class="button" onClick={() => void signOut(session, false)}>
          {t("signOutKeep")}
        </button>
        <button type="button" class="button danger" onClick={() => setWiping(true)}>
          {t("signOutWipe")}
        </button>
      </div>
    </Dialog>
  );
}

/** Deleting unsent interviews needs a word typed: no slip of the thumb does it. */
function Wipe({ count, onClose }: { readonly count: number; readonly onClose: () => void }): JSX.Element {
  const { session } = useApp();
  const [typed, setTyped] = useState("");
  const word = t("signOutWord");
  const sure = typed.trim().toUpperCase() === word;
  return (
    <Dialog title={t("signOutWipeAsk", { n: count })} onClose={onClose}>
      <label for="wipe">{t("signOutWipeBody", { word })}</label>
      <input id="wipe" class="input" autocomplete="off" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      <div class="buttons column">
        <button type="button" class="button primary" autofocus onClick={onClose}>
          {t("stay")}
        </button>
        <button type="button" class="button danger" disabled={!sure} onClick={() => void signOut(session, true)}>
          {t("signOutWipe")}
        </button>
      </div>
    </Dialog>
  );
}
