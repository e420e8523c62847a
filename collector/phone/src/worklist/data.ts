/** Reads what "My work" shows, and begins what the person chose. */

import { useMemo } from "preact/hooks";
import { mediaOf } from "../net/refresh.ts";
import { listForms } from "../store/forms.ts";
import { go } from "../router.ts";
import { NEW_HOUSEHOLD } from "../runner/about.ts";
import { beginDraft, newInterview } from "../runner/begin.ts";
import { unsupported } from "../runner/controls/index.ts";
import { faultsToCorrect } from "../runner/flow.ts";
import { faultText } from "../runner/Question.tsx";
import type { KeptWork, Report, Session, StoredForm } from "../store/database.ts";
import { listDrafts } from "../store/drafts.ts";
import { listEntries } from "../store/queue.ts";
import { readSecret } from "../store/sealing.ts";
import { isFull, reasonOf } from "../store/trouble.ts";
import type { Language } from "../text/say.ts";
import { t } from "../text/i18n.ts";
import { useApp, useStored } from "../ui/hooks.ts";
import { dayOf, householdsOf, INTERVIEW, MOST_VISITS, VISIT, type Household } from "./households.ts";
import type { Phone } from "./phone.ts";
import { say } from "./words.ts";

interface Village {
  readonly code: string;
  readonly name: string;
}

export interface Known {
  readonly work: KeptWork;
  readonly phone: Phone;
  readonly forms: readonly StoredForm[];
  readonly households: readonly Household[];
  /** Those that the person works in. */
  readonly villages: readonly Village[];
  /** YYYY-MM-DD in Viet Nam. */
  readonly today: string;
}

/** All of it, read again whenever something changes; null where there is no work. */
export function useWork(): Known | null | undefined {
  const { session } = useApp();
  const owner = session.user.username;
  const found = useStored(async () => {
    const [work, drafts, entries, reports, forms] = await Promise.all([
      readSecret<KeptWork>("work"),
      listDrafts(owner),
      listEntries(owner),
      readSecret<Report[]>("reports"),
      listForms(),
    ]);
    const formOf: Phone["formOf"] = (form, version) =>
      forms.find((one) => one.form === form && one.version === version)?.model;
    return { work, forms, phone: { drafts, entries, reports: reports ?? [], formOf } };
  }, owner);
  return useMemo(() => {
    if (!found) return undefined;
    const { work, phone, forms } = found;
    if (!work) return null;
    const households = householdsOf(work, phone);
    const codes = [...new Set(households.map(({ village }) => village))];
    const villages = session.user.village ? [session.user.village] : codes.map((code) => ({ code, name: code }));
    return { work, phone, forms, households, villages, today: dayOf(new Date()) };
  }, [found]);
}

export function villageName({ villages }: Known, code: string): string {
  return villages.find((one) => one.code === code)?.name ?? code;
}

/** The form of that name that is offered now. */
export function formNamed({ forms }: Pick<Known, "forms">, name: string): StoredForm | undefined {
  return forms.find(({ form, current }) => form === name && current);
}

/** Begin the household's interview, or a visit at which nobody was asked. Returns what hinders, "" for nothing. */
export function beginAt(known: Known, household: Household, name: typeof INTERVIEW | typeof VISIT, session: Session): Promise<string> {
  return begin(formNamed(known, name), session, (form) => prefillOf(form, household));
}

/** Begin a form with what is known already. Returns what hinders, "" for nothing. */
export async function begin(
  form: StoredForm | undefined,
  session: Session,
  prefillFor: (form: StoredForm) => Promise<Readonly<Record<string, string>>>,
): Promise<string> {
  if (!form) return say("noFormHere");
  const lacking = unsupported(form.model);
  if (lacking.length) return t("unsupported", { what: lacking.join(", ") });
  try {
    const draft = await beginDraft(form, session, { prefill: await prefillFor(form) });
    go({ name: "fill", id: draft.id, place: draft.place });
    return "";
  } catch (error) {
    const reason = reasonOf(error);
    return isFull(reason) ? t("fullNow") : t("notSaved", { reason });
  }
}

/** The answers that the list knows: the household, its village, the number of the visit. */
export async function prefillOf(form: StoredForm, { village, code, visits }: Pick<Household, "village" | "code" | "visits">): Promise<Record<string, string>> {
  const question = String(form.model.about?.["household"]);
  const visit_no = String(Math.min(visits + 1, MOST_VISITS));
  if (await isListed(form, question, code)) return { [question]: code, visit_no };
  return { [question]: NEW_HOUSEHOLD, [`${question}_new`]: code, village_new: village, visit_no };
}

/** What the household form has to say against a code that is not on the list, "" for nothing. */
export async function codeProblem(known: Known, at: Pick<Household, "village" | "code">, session: Session, language: Language): Promise<string> {
  const form = formNamed(known, INTERVIEW);
  if (!form) return say("noFormHere");
  const prefill = await prefillOf(form, { ...at, visits: 0 });
  const interview = await newInterview(form, session, "", prefill);
  const fault = faultsToCorrect(interview).find(({ inst }) => inst.value !== "" && inst.name in prefill);
  return fault ? faultText(interview, fault, language) : "";
}

/** The unit question's answer where there is but one to choose: the person's own. */
export async function unitOf(form: StoredForm, session: Session): Promise<Record<string, string>> {
  const name = form.model.about?.["unit"];
  const interview = await newInterview(form, session, "", {});
  const question = typeof name === "string" ? interview.find(`/${form.model.root}/${name}`) : undefined;
  const [only, another] = question ? interview.choices(question) : [];
  return only && !another ? { [question!.name]: only.name } : {};
}

/** Whether the form's own list of households has the code (a form without a list takes any). */
async function isListed(form: StoredForm, question: string, code: string): Promise<boolean> {
  const id = form.model.nodes.find(({ name }) => name === question)?.choices?.file;
  const filename = id && form.model.files?.[id];
  if (!filename) return true;
  const rows = (await mediaOf(form))[filename] ?? [];
  return rows.some((row) => row["name"] === code);
}
