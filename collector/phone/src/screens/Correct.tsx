/** Opens a returned interview that a page of the service named, as soon as the phone knows of it. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { sync } from "../net/sync.ts";
import { go } from "../router.ts";
import type { Report, Session } from "../store/database.ts";
import { listEntries } from "../store/queue.ts";
import { readSecret } from "../store/sealing.ts";
import { t, type Key } from "../text/i18n.ts";
import { useApp } from "../ui/hooks.ts";
import { Banner, Waiting } from "../ui/plain.tsx";
import { openReturned } from "./reopen.ts";

export function Correct({ id }: { readonly id: string }): JSX.Element {
  const { session } = useApp();
  const [problem, setProblem] = useState<Key>();
  useEffect(() => {
    let left = false;
    void open(id, session).then((found) => !left && setProblem(found));
    return () => {
      left = true;
    };
  }, [id, session.token]);
  if (!problem) return <Waiting />;
  return (
    <Banner
      tone="warn"
      icon="alert"
      action={<button type="button" class="button" onClick={() => go({ name: "sent" }, true)}>{t("tabSent")}</button>}
    >
      {t(problem)}
    </Banner>
  );
}

/** Goes to the interview, or to the list where its correction is finished; else says why not. */
async function open(id: string, session: Session): Promise<Key | undefined> {
  if ((await listEntries(session.user.username)).some((entry) => entry.deprecatedId === id)) {
    go({ name: "sent" }, true);
    return undefined;
  }
  let report = await returnedReport(id);
  if (!report) {
    await sync(true);
    report = await returnedReport(id);
  }
  if (!report) return "notReturned";
  const draft = await openReturned(report, session);
  if (!draft) return "otherVersion";
  go({ name: "fill", id: draft.id, place: "" }, true);
  return undefined;
}

async function returnedReport(id: string): Promise<Report | undefined> {
  const reports = (await readSecret<Report[]>("reports")) ?? [];
  return reports.find((one) => one.instance_id === id && one.state === "returned" && !one.superseded && one.answers);
}
