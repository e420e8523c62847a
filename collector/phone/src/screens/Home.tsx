/** The first screen: what is begun, what can be begun, and whether anything waits. */

import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Halt } from "../net/outcome.ts";
import { syncState } from "../net/sender.ts";
import { sync } from "../net/sync.ts";
import { hasWork } from "../net/work.ts";
import { go } from "../router.ts";
import { beginDraft } from "../runner/begin.ts";
import { unsupported } from "../runner/controls/index.ts";
import type { Draft, KeptWork, Report, StoredForm } from "../store/database.ts";
import { listForms } from "../store/forms.ts";
import { deleteDraft, listDrafts } from "../store/drafts.ts";
import { listEntries } from "../store/queue.ts";
import { readSecret } from "../store/sealing.ts";
import { isFull, reasonOf } from "../store/trouble.ts";
import { whenText } from "../text/format.ts";
import { t, type Key } from "../text/i18n.ts";
import { useApp, useOnline, useStored } from "../ui/hooks.ts";
import { Icon } from "../ui/icons.tsx";
import { later } from "../ui/later.tsx";
import { Confirm } from "../ui/parts.tsx";
import { Banner, Waiting } from "../ui/plain.tsx";
import { needsAttention } from "./work.ts";

const Coming = later(async () => (await import("./more.ts")).Coming, () => <></>);
const MyWork = later(async () => (await import("./more.ts")).Summary);

export function Home(): JSX.Element {
  const { session } = useApp();
  const owner = session.user.username;
  const found = useStored(async () => {
    const [forms, drafts, work] = await Promise.all([listForms(), listDrafts(owner), readSecret<KeptWork>("work")]);
    return { forms, drafts, work };
  }, owner);
  // What comes after the forms goes below them this once: nothing moves under a thumb.
  const below = useRef(false);
  if (!found) return <Waiting />;
  const { forms, drafts, work } = found;
  const offered = forms.filter((form) => form.current);
  if (offered.length && !hasWork(work)) below.current = true;
  const mine = hasWork(work) && <MyWork />;
  return (
    <>
      <SendingState />
      {!below.current && mine}
      {drafts.length > 0 && <Drafts drafts={drafts} forms={forms} />}
      <section>
        <h2>{t("newForm")}</h2>
        {offered.length ? (
          <ul class="cards">
            {offered.map((form) => (
              <FormCard key={form.key} form={form} />
            ))}
          </ul>
        ) : (
          <NoForms />
        )}
      </section>
      {below.current && mine}
    </>
  );
}

function NoForms(): JSX.Element {
  const online = useOnline();
  return (
    <div class="empty">
      <p>{online ? t("fetching") : t("noForms")}</p>
      <button type="button" class="button" onClick={() => void sync(true)}>
        {t("tryAgain")}
      </button>
    </div>
  );
}

function FormCard({ form }: { readonly form: StoredForm }): JSX.Element {
  const { session, language } = useApp();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const lacking = unsupported(form.model);
  const title = form.title[language] ?? form.title["vi"] ?? form.form;

  async function begin(): Promise<void> {
    if (busy) return;
    setBusy(true);
    try {
      const draft = await beginDraft(form, session);
      go({ name: "fill", id: draft.id, place: draft.place });
    } catch (error) {
      setProblem(reasonOf(error));
    }
    setBusy(false);
  }

  if (lacking.length) {
    return (
      <li class="card pad">
        <strong>{title}</strong>
        <p class="quiet">{t("unsupported", { what: lacking.join(", ") })}</p>
      </li>
    );
  }
  return (
    <li class="card">
      <button type="button" class="open" onClick={() => void begin()}>
        <span class="badge" aria-hidden="true">
          <Icon name="form" />
        </span>
        <span class="who">
          <strong>{title}</strong>
          <span>{t("start")}</span>
        </span>
        <Icon name="forward" />
      </button>
      {form.model.media && <Coming form={form} />}
      {problem && <Banner tone="bad" icon="alert">{isFull(problem) ? t("fullNow") : t("notSaved", { reason: problem })}</Banner>}
    </li>
  );
}

function Drafts({ drafts, forms }: { readonly drafts: readonly Draft[]; readonly forms: readonly StoredForm[] }): JSX.Element {
  const { language } = useApp();
  const [deleting, setDeleting] = useState<Draft>();
  const [openElsewhere, setOpenElsewhere] = useState(false);
  const titleOf = (draft: Draft): string => {
    const form = forms.find(({ form, version }) => form === draft.form && version === draft.version);
    return form?.title[language] ?? form?.title["vi"] ?? draft.form;
  };
  const remove = async (draft: Draft): Promise<void> => {
    setOpenElsewhere(!(await deleteDraft(draft.id)));
    setDeleting(undefined);
  };
  return (
    <section>
      <h2>{t("drafts")}</h2>
      {openElsewhere && <Banner tone="warn" icon="alert">{t("otherTab")}</Banner>}
      <ul class="cards">
        {drafts.map((draft) => (
          <li key={draft.id} class="card member">
            <button type="button" class="open" onClick={() => go({ name: "fill", id: draft.id, place: "" })}>
              <Share of={draft.progress} />
              <span class="who">
                <strong>{draft.summary || t("untitled")}</strong>
                <span>{titleOf(draft)}</span>
                <span class="quiet">
                  {draft.deprecatedId || draft.faults ? `${t("corrected")} · ` : ""}
                  {t("edited", { when: whenText(draft.updated) })}
                </span>
              </span>
            </button>
            <button
              type="button"
              class="icon-button"
              aria-label={t("deleteNamed", { name: draft.summary || titleOf(draft) })}
              onClick={() => setDeleting(draft)}
            >
              <Icon name="trash" />
            </button>
          </li>
        ))}
      </ul>
      {deleting && (
        <Confirm
          title={t("deleteDraft")}
          body={[deleting.summary, t("deleteDraftBody")].filter(Boolean).join(". ")}
          confirm={t("delete")}
          onClose={() => setDeleting(undefined)}
          onConfirm={() => void remove(deleting)}
        />
      )}
    </section>
  );
}

/** A small ring that fills with the interview. */
function Share({ of: share }: { readonly of: number }): JSX.Element {
  const length = 2 * Math.PI * 15;
  return (
    <svg class="ring" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">
      <circle cx="20" cy="20" r="15" class="track" />
      <circle cx="20" cy="20" r="15" class="fill" stroke-dasharray={`${share * length} ${length}`} transform="rotate(-90 20 20)" />
    </svg>
  );
}

const HALTS: Record<NonNullable<Halt>, Key> = {
  "network": "waitsNetwork",
  "timeout": "waitsTimeout",
  "portal": "waitsPortal",
  "server": "waitsServer",
  "sign-in": "waitsSignIn",
};

/** What asks for attention, where that is not said already, and how many wait and why. */
export function SendingState({ attention = true }: { readonly attention?: boolean }): JSX.Element | null {
  const { session } = useApp();
  const online = useOnline();
  const [busy, setBusy] = useState(false);
  const owner = session.user.username;
  const found = useStored(async () => {
    const [entries, state, reports, drafts] = await Promise.all([
      listEntries(owner),
      syncState(),
      readSecret<Report[]>("reports"),
      listDrafts(owner),
    ]);
    return { entries, state, attention: needsAttention(entries, reports ?? [], drafts).length };
  }, owner);
  if (!found) return null;
  const waiting = found.entries.filter((entry) => entry.state === "waiting").length;
  const { halt } = found.state;
  const why = !online ? t("waitsOffline", { n: waiting }) : t(halt ? HALTS[halt] : "sending");
  const sendNow = (): void => {
    setBusy(true);
    void sync(true).finally(() => setBusy(false));
  };
  return (
    <>
      {attention && found.attention > 0 && (
        <Banner
          tone="warn"
          icon="alert"
          action={<button type="button" class="button" onClick={() => go({ name: "sent" })}>{t("look")}</button>}
        >
          {t("needsYou", { n: found.attention })}
        </Banner>
      )}
      {waiting > 0 && (
        <Banner
          tone="info"
          icon="wait"
          action={
            online && halt !== "sign-in" ? (
              <button type="button" class="button" aria-busy={busy} onClick={sendNow}>
                {t("sendNow")}
              </button>
            ) : undefined
          }
        >
          <strong>{t("waits", { n: waiting })}</strong>
          <p>{busy ? t("sending") : why}</p>
        </Banner>
      )}
    </>
  );
}
