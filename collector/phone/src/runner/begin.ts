/** Puts an interview together from what the phone keeps. */

import { Interview, type Surroundings } from "../engine/interview.ts";
import { mediaOf } from "../net/refresh.ts";
import { readValue, writeValue, type Draft, type Session, type StoredForm } from "../store/database.ts";
import { writeDraft } from "../store/drafts.ts";
import type { Answers } from "../engine/model.ts";

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

/** Begin a form: a draft with its first values is on disk before the first question is asked. */
export async function beginDraft(form: StoredForm, session: Session): Promise<Draft> {
  const id = newId();
  const interview = new Interview(form.model, await mediaOf(form), await surroundings(session, id));
  const now = new Date().toISOString();
  const draft: Draft = {
    id,
    owner: session.user.username,
    form: form.form,
    version: form.version,
    created: now,
    updated: now,
    place: "",
    summary: "",
    progress: 0,
  };
  await writeDraft(draft, interview.draft());
  void navigator.storage?.persist?.().catch(() => false);
  return draft;
}

/** Go on with a draft. */
export async function resume(draft: Draft, answers: Answers, form: StoredForm, session: Session): Promise<Interview> {
  return new Interview(form.model, await mediaOf(form), await surroundings(session, draft.id), answers);
}
