/** Opens a draft: one window at a time may have it, and its form must be on the phone. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Interview } from "../engine/interview.ts";
import { formOf } from "../net/refresh.ts";
import { go } from "../router.ts";
import type { Draft } from "../store/database.ts";
import { readDraft } from "../store/drafts.ts";
import { t } from "../text/i18n.ts";
import { useApp } from "../ui/hooks.ts";
import { Waiting } from "../ui/parts.tsx";
import { resume } from "./begin.ts";
import { Runner } from "./Runner.tsx";

interface Opened {
  readonly draft: Draft;
  readonly interview: Interview;
}
interface Broken {
  readonly reason: string;
}
type Opening = Opened | Broken | "gone" | "no-form";

export function Fill({ id, place }: { readonly id: string; readonly place: string }): JSX.Element {
  const { session } = useApp();
  const held = useLock(`so-thon-draft-${id}`);
  const [opening, setOpening] = useState<Opening>();
  useEffect(() => {
    const broken = (error: unknown): Broken => ({ reason: error instanceof Error ? error.message : String(error) });
    if (held) void open(id).catch(broken).then(setOpening);
  }, [id, held]);

  async function open(draftId: string): Promise<Opening> {
    const found = await readDraft(draftId);
    if (!found || found.draft.owner !== session.user.username) return "gone";
    const form = await formOf(found.draft.form, found.draft.version, session);
    if (!form) return "no-form";
    return { draft: found.draft, interview: await resume(found.draft, found.answers, form, session) };
  }

  if (!held) return <OtherTab />;
  if (!opening) return <Waiting />;
  if (opening === "gone") return <Notice text={t("gone")} />;
  if (opening === "no-form") return <Notice text={t("otherVersion")} />;
  if ("reason" in opening) return <Notice text={t("cannotOpen", { reason: opening.reason })} />;
  return <Runner key={id} draft={opening.draft} interview={opening.interview} place={place} />;
}

/** Whether this window has the lock of that name; it asks until it gets it. */
function useLock(name: string): boolean {
  const [held, setHeld] = useState(!navigator.locks);
  useEffect(() => {
    if (!navigator.locks) return;
    const stop = new AbortController();
    let release = (): void => undefined;
    const hold = (): Promise<void> => {
      setHeld(true);
      return new Promise((resolve) => (release = resolve));
    };
    navigator.locks.request(name, { signal: stop.signal }, hold).catch(() => undefined);
    return () => {
      stop.abort();
      release();
      setHeld(false);
    };
  }, [name]);
  return held;
}

/** Shown a moment late, because the lock comes at once where no other window has the draft. */
function OtherTab(): JSX.Element {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 700);
    return () => clearTimeout(timer);
  }, []);
  return late ? <Notice text={t("otherTab")} help={t("otherTabHelp")} /> : <Waiting />;
}

function Notice({ text, help }: { readonly text: string; readonly help?: string }): JSX.Element {
  return (
    <main class="page centre">
      <p>{text}</p>
      {help && <p class="quiet">{help}</p>}
      <button type="button" class="button" onClick={() => go({ name: "home" }, true)}>
        {t("goHome")}
      </button>
    </main>
  );
}
