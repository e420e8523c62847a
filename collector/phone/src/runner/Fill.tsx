/** Opens a draft: one window at a time may have it, and its form must be on the phone. */

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Interview } from "../engine/interview.ts";
import { formOf } from "../net/refresh.ts";
import { go } from "../router.ts";
import type { Draft } from "../store/database.ts";
import { draftSettled, readDraft } from "../store/drafts.ts";
import { t } from "../text/i18n.ts";
import { useApp } from "../ui/hooks.ts";
import { Waiting } from "../ui/plain.tsx";
import { justBegun, resume } from "./begin.ts";
import { holdDraft, type Hold } from "./hold.ts";
import { Runner } from "./Runner.tsx";
import { bringTables } from "./tables.ts";

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
  const { held, take } = useLock(id);
  const [opening, setOpening] = useState<Opening>();
  useEffect(() => {
    const broken = (error: unknown): Broken => ({ reason: error instanceof Error ? error.message : String(error) });
    setOpening(undefined); // what another window changed meanwhile is read again
    if (held) void open(id).catch(broken).then(setOpening);
  }, [id, held]);

  async function open(draftId: string): Promise<Opening> {
    const opened = justBegun(draftId) ?? (await read(draftId));
    if (typeof opened !== "string") await bringTables(opened.interview.model);
    return opened;
  }

  async function read(draftId: string): Promise<Opened | "gone" | "no-form"> {
    const found = await readDraft(draftId);
    if (!found || found.draft.owner !== session.user.username) return "gone";
    const form = await formOf(found.draft.form, found.draft.version, session);
    if (!form) return "no-form";
    return { draft: found.draft, interview: await resume(found.draft, found.answers, form, session) };
  }

  if (!held) return <OtherTab onTake={take} />;
  if (!opening) return <Waiting />;
  if (opening === "gone") return <Notice text={t("gone")} />;
  if (opening === "no-form") return <Notice text={t("otherVersion")} />;
  if ("reason" in opening) return <Notice text={t("cannotOpen", { reason: opening.reason })} />;
  return <Runner key={id} draft={opening.draft} interview={opening.interview} place={place} />;
}

/** Whether this window has the draft, and the way to ask the window that has it. */
function useLock(id: string): { readonly held: boolean; readonly take: () => void } {
  const [held, setHeld] = useState(!navigator.locks);
  const hold = useRef<Hold | undefined>(undefined);
  useEffect(() => {
    if (!navigator.locks) return;
    hold.current = holdDraft(id, setHeld, () => draftSettled(id));
    return () => {
      hold.current?.end();
      setHeld(false);
    };
  }, [id]);
  return { held, take: () => hold.current?.take() };
}

/** Shown a moment late, because the lock comes at once where no other window has the draft. */
function OtherTab({ onTake }: { readonly onTake: () => void }): JSX.Element {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 700);
    return () => clearTimeout(timer);
  }, []);
  return late ? <Notice text={t("otherTab")} help={t("otherTabHelp")} onTake={onTake} /> : <Waiting />;
}

interface NoticeProps {
  readonly text: string;
  readonly help?: string;
  readonly onTake?: () => void;
}

function Notice({ text, help, onTake }: NoticeProps): JSX.Element {
  return (
    <main class="page centre">
      <p>{text}</p>
      {help && <p class="quiet">{help}</p>}
      {onTake && (
        <button type="button" class="button primary" onClick={onTake}>
          {t("takeOver")}
        </button>
      )}
      <button type="button" class="button" onClick={() => go({ name: "home" }, true)}>
        {t("goHome")}
      </button>
    </main>
  );
}
