/** What is finished: what needs the person, what waits, what was sent and how it fared. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { formOf } from "../net/refresh.ts";
import { listForms } from "../store/forms.ts";
import { sync } from "../net/sync.ts";
import { go } from "../router.ts";
import { readValue, type Draft, type Entry, type Report, type Session, type StoredForm } from "../store/database.ts";
import { listDrafts } from "../store/drafts.ts";
import { reopen } from "../store/back.ts";
import { listEntries } from "../store/queue.ts";
import { readSecret } from "../store/sealing.ts";
import { isFull, reasonOf } from "../store/trouble.ts";
import { whenText } from "../text/format.ts";
import { t, type Key } from "../text/i18n.ts";
import { useApp, useOnline, useStored } from "../ui/hooks.ts";
import { Icon } from "../ui/icons.tsx";
import { Banner, Waiting } from "../ui/plain.tsx";
import { SendingState } from "./Home.tsx";
import { openReturned } from "./reopen.ts";
import { needsAttention, sentWork, timeOf, type Work } from "./work.ts";

export function Sent(): JSX.Element {
  const { session } = useApp();
  const owner = session.user.username;
  const found = useStored(async () => {
    const [entries, reports, drafts, forms, news] = await Promise.all([
      listEntries(owner),
      readSecret<Report[]>("reports"),
      listDrafts(owner),
      listForms(),
      readValue<number>("news"),
    ]);
    return { entries, reports: reports ?? [], drafts, forms, news };
  }, owner);
  if (!found) return <Waiting />;
  const { entries, reports, drafts, forms } = found;
  const attention = needsAttention(entries, reports, drafts);
  const waiting = entries.filter((entry) => entry.state === "waiting").map((entry) => ({ id: entry.id, entry }));
  const sent = sentWork(entries, reports).filter((work) => !attention.some(({ id }) => id === work.id));
  const corrected = new Set(entries.map((entry) => entry.deprecatedId));
  return (
    <>
      <SendingState attention={false} />
      <Group title="groupAttention" work={attention} forms={forms} corrected={corrected} />
      <Group title="groupWaiting" work={waiting} forms={forms} corrected={corrected} />
      <Group title="groupSent" work={sent} forms={forms} corrected={corrected} />
      {!attention.length && !waiting.length && !sent.length && <p class="empty">{t("nothingSent")}</p>}
      <Freshness news={found.news} />
    </>
  );
}

/** When the server was last asked, and the way to ask again. */
function Freshness({ news }: { readonly news: number | undefined }): JSX.Element {
  const online = useOnline();
  const [busy, setBusy] = useState(false);
  const refresh = (): void => {
    setBusy(true);
    void sync(true).finally(() => setBusy(false));
  };
  return (
    <div class="freshness">
      <span class="quiet">{news ? t("statesAt", { when: whenText(new Date(news).toISOString()) }) : ""}</span>
      {online && (
        <button type="button" class="button plain" aria-busy={busy} onClick={refresh}>
          {t(busy ? "refreshing" : "refresh")}
        </button>
      )}
    </div>
  );
}

interface GroupProps {
  readonly title: Key;
  readonly work: readonly Work[];
  readonly forms: readonly StoredForm[];
  /** Ids of submissions whose correction is finished on this phone. */
  readonly corrected: ReadonlySet<string | undefined>;
}

const AT_ONCE = 50; // lines: a screen shows six, and each costs a cheap phone some ms

function Group({ title, work, forms, corrected }: GroupProps): JSX.Element | null {
  const [shown, setShown] = useState(AT_ONCE);
  if (!work.length) return null;
  const more = work.length - shown;
  return (
    <section>
      <h2>{t(title)}</h2>
      <ul class="cards">
        {work.slice(0, shown).map((one) => (
          <Line key={one.id} work={one} forms={forms} corrected={corrected.has(one.report?.instance_id ?? "")} />
        ))}
      </ul>
      {more > 0 && (
        <button type="button" class="button wide" onClick={() => setShown(shown + AT_ONCE)}>
          {t("showMore", { n: more })}
        </button>
      )}
    </section>
  );
}

const ENTRY_STATES: Record<Entry["state"], Key> = {
  waiting: "stateWaiting",
  sent: "stateSent",
  faulty: "stateFaulty",
  conflict: "stateConflict",
  refused: "stateRefused",
};

const REPORT_STATES: Record<Report["state"], Key> = {
  stored: "stateStored",
  flagged: "stateFlagged",
  accepted: "stateAccepted",
  returned: "stateReturned",
  excluded: "stateExcluded",
};

const TONES: Readonly<Record<string, string>> = {
  faulty: "bad",
  refused: "bad",
  conflict: "bad",
  returned: "bad",
  excluded: "none",
  waiting: "none",
};

interface LineProps {
  readonly work: Work;
  readonly forms: readonly StoredForm[];
  readonly corrected: boolean;
}

/** The state of one line: the phone's own while it is not sent, else the server's. */
function stateOf({ entry, report }: Work, corrected: boolean): readonly [state: string, key: Key] {
  if (entry && entry.state !== "sent") return [entry.state, ENTRY_STATES[entry.state]];
  if (!report) return ["sent", "stateSent"];
  if (report.superseded || corrected) return ["superseded", "stateCorrected"];
  return [report.state, REPORT_STATES[report.state] ?? "stateSent"];
}

function Line({ work, forms, corrected }: LineProps): JSX.Element {
  const { language } = useApp();
  const { entry, report } = work;
  const [state, key] = stateOf(work, corrected);
  const about = entry ?? report!;
  const form = forms.find(({ form, version }) => form === about.form && version === about.version);
  const title = form?.title[language] ?? form?.title["vi"] ?? about.form;
  return (
    <li class="card pad work">
      <div class="who">
        <strong>{entry?.summary || title}</strong>
        <span>{[entry?.summary && title, whenText(timeOf(work))].filter(Boolean).join(" · ")}</span>
        <span class={`status ${TONES[state] ?? "all"}`}>
          <Icon name={TONES[state] === "bad" ? "alert" : state === "waiting" ? "wait" : "check"} />
          {t(key)}
        </span>
      </div>
      {state !== "superseded" && <Why work={work} />}
      {state !== "superseded" && <Reopen work={work} />}
    </li>
  );
}

export function Why({ work: { entry, report } }: { readonly work: Work }): JSX.Element | null {
  const faults = entry?.state === "faulty" ? (entry.faults ?? []) : report?.state === "returned" ? (report.faults ?? []) : [];
  const reason = entry && entry.state !== "sent" ? entry.message : report?.reason;
  const conflict = entry?.state === "conflict";
  if (!faults.length && !reason && !conflict) return null;
  return (
    <div class="why">
      {conflict && <p>{t("conflictHelp")}</p>}
      {reason && !conflict && <p>{report && !entry ? t("reason", { reason }) : reason}</p>}
      {faults.length > 0 && (
        <ul>
          {faults.map((fault) => (
            <li key={fault.path + fault.code}>
              {fault.label && <strong class="block">{fault.label}</strong>}
              {fault.message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The way back into an interview that came back. */
export function Reopen({ work: { entry, report } }: { readonly work: Work }): JSX.Element | null {
  const { session } = useApp();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false); // a second tap would begin a second correction
  const refused = entry?.state === "faulty" || entry?.state === "refused";
  const isReturned = !refused && report?.state === "returned" && Boolean(report.answers);
  if (!refused && !isReturned) return null;

  async function open(): Promise<void> {
    if (busy) return;
    setBusy(true);
    try {
      const draft = refused ? await openRefused(entry!, session) : await openReturned(report!, session);
      if (draft) go({ name: "fill", id: draft.id, place: "" });
      else setProblem(t("otherVersion"));
    } catch (error) {
      const reason = reasonOf(error);
      setProblem(isFull(reason) ? t("fullNow") : t("notSaved", { reason }));
    }
    setBusy(false);
  }

  return (
    <>
      {problem && <Banner tone="bad" icon="alert">{problem}</Banner>}
      <button type="button" class="button primary" onClick={() => void open()}>
        {entry?.state === "refused" ? t("openAgain") : t("correct")}
      </button>
    </>
  );
}

async function openRefused(entry: Entry, session: Session): Promise<Draft | undefined> {
  if (!(await formOf(entry.form, entry.version, session))) return undefined;
  return reopen(entry.id, new Date().toISOString());
}
