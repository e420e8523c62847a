/** Puts an interview together from what the phone keeps. */

import { walk, type Inst } from "../engine/instance.ts";
import { Interview, type Surroundings } from "../engine/interview.ts";
import { mediaOf } from "../net/refresh.ts";
import { readValue, writeValue, type Draft, type Session, type StoredForm } from "../store/database.ts";
import { writeDraft } from "../store/drafts.ts";
import type { Answers } from "../engine/model.ts";
import { aboutOf } from "./about.ts";
import { END, screensOf } from "./flow.ts";

/** A random id of version 4; browsers of before 2021 have no randomUUID. */
export function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The phone's own id, made at the first interview. */
async function deviceId(): Promise<string> {
  const known = await readValue<string>("device");
  if (known) return known;
  const made = `phone:${newId()}`;
  await writeValue("device", made);
  return made;
}

async function surroundings(session: Session, id: string): Promise<Surroundings> {
  return {
    now: () => new Date(),
    uuid: newId,
    random: Math.random,
    device: await deviceId(),
    user: session.user.username,
    instanceId: `uuid:${id}`,
  };
}

interface Beginning {
  /** Answers that are known already, by the names of the form's own questions. */
  readonly prefill?: Readonly<Record<string, string>>;
}

/**
 * Begin a form: a draft with its first values is on disk before the first question is asked. With
 * `prefill` it opens at the first question that is still to be asked.
 */
export async function beginDraft(form: StoredForm, session: Session, { prefill }: Beginning = {}): Promise<Draft> {
  const id = newId();
  const interview = await newInterview(form, session, id, prefill);
  const answers = interview.draft();
  const now = new Date().toISOString();
  const draft: Draft = {
    id,
    owner: session.user.username,
    form: form.form,
    version: form.version,
    created: now,
    updated: now,
    place: prefill ? firstOpen(interview) : (screensOf(interview, interview.root)[0]?.place ?? END),
    summary: "",
    progress: 0,
    about: aboutOf(form.model, answers),
  };
  await writeDraft(draft, answers);
  begun = { draft, interview };
  void navigator.storage?.persist?.().catch(() => false);
  return draft;
}

/** The interview that was begun last: it lies on the disk, and need not be read back to be shown. */
let begun: { readonly draft: Draft; readonly interview: Interview } | undefined;

/** The interview of a draft that was begun a moment ago; once. */
export function justBegun(id: string): typeof begun {
  const found = begun;
  begun = undefined;
  return found?.draft.id === id ? found : undefined;
}

/** A new interview, not yet kept anywhere. */
export async function newInterview(form: StoredForm, session: Session, id: string, prefill: Beginning["prefill"]): Promise<Interview> {
  const interview = new Interview(form.model, await mediaOf(form), await surroundings(session, id));
  for (const [name, value] of Object.entries(prefill ?? {})) answerNamed(interview, name, value);
  return interview;
}

/** Answer a question by its name, where the form has it and may be answered there. */
function answerNamed(interview: Interview, name: string, value: string): void {
  for (const inst of walk(interview.root)) {
    if (inst.name === name && inst.def.kind === "question") return interview.answer(inst, value);
  }
}

/** The first screen with a question that has no answer, or a wrong one. */
function firstOpen(interview: Interview): string {
  const isOpen = (inst: Inst): boolean =>
    inst.def.kind === "question" && inst.relevant && (inst.value === "" || interview.faultOf(inst) !== undefined);
  return screensOf(interview, interview.root).find(({ kind, nodes }) => kind === "roster" || nodes.some(isOpen))?.place ?? END;
}

/** Go on with a draft. */
export async function resume(draft: Draft, answers: Answers, form: StoredForm, session: Session): Promise<Interview> {
  return new Interview(form.model, await mediaOf(form), await surroundings(session, draft.id), answers);
}
