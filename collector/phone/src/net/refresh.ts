/** Brings forms, media files and the states of sent interviews to the phone. */

import { parseCsv } from "../engine/csv.ts";
import type { Media, Model } from "../engine/model.ts";
import { announce } from "../store/changes.ts";
import { database, type MediaFile, type Report, type Session, type StoredForm } from "../store/database.ts";
import { have, keepOffered, keyOf, type Offered } from "../store/forms.ts";
import { readSecret, writeSecret } from "../store/sealing.ts";
import { cameAhead, offeredIn, PATIENCE_MS } from "./ahead.ts";
import { ask, askText } from "./api.ts";

export type Refreshed = "done" | "unreachable" | "sign-in";

/** Ask for the list of forms with what is new of them; what did not come along is asked for by itself. */
export async function refreshForms(session: Session): Promise<Refreshed> {
  const ahead = await cameAhead(session.user.username);
  let offered = ahead;
  if (!offered) {
    const reply = await ask(`forms?${await have()}`, { token: session.token, patience: PATIENCE_MS });
    if (reply.kind === "reply" && reply.status === 401) return "sign-in";
    offered = offeredIn(reply);
  }
  if (!offered) return "unreachable";
  const lacking = await keepOffered(offered);
  if (!ahead) announce();
  // Together, because a round trip takes longer than what travels; each is kept as it comes.
  const coming: Coming = new Map();
  const brought = await Promise.all(lacking.map((form) => bring(form, session, coming)));
  await retire(offered);
  return brought.every(Boolean) ? "done" : "unreachable";
}

/** Texts on their way, by hash: a list that several forms have travels once. */
type Coming = Map<string, Promise<string | undefined>>;

/** Fetch what did not come along with an offer, and keep it; false where it did not come whole. */
async function bring(offer: Offered, session: Session, coming: Coming): Promise<boolean> {
  const [content, ...texts] = await Promise.all([
    offer.model.content ?? fetchModel(offer, session),
    ...offer.media.map(({ url, hash, content }) => content ?? textOf(url, hash, session, coming)),
  ]);
  const whole = {
    ...offer,
    model: { ...offer.model, ...(content ? { content } : {}) },
    media: offer.media.map((file, i) => ({ ...file, ...(texts[i] === undefined ? {} : { content: texts[i] }) })),
  };
  const done = (await keepOffered([whole])).length === 0;
  announce();
  return done;
}

async function textOf(url: string, hash: string, session: Session, coming: Coming): Promise<string | undefined> {
  const here = await (await database()).getKey("media", hash);
  if (here) return undefined;
  const text = coming.get(hash) ?? askText(url, session.token);
  coming.set(hash, text);
  return text;
}

async function fetchModel(offer: Offered, session: Session): Promise<Model | undefined> {
  const known = await (await database()).get("forms", keyOf(offer));
  if (known?.hash === offer.model.hash) return undefined;
  const reply = await ask(offer.model.url, { token: session.token });
  const isModel = reply.kind === "reply" && reply.status === 200 && Array.isArray(reply.body["nodes"]);
  return isModel ? (reply.body as unknown as Model) : undefined;
}

/** Versions that are no longer offered stay while a draft or an unsent interview needs them. */
async function retire(offered: readonly Offered[]): Promise<void> {
  const db = await database();
  const current = new Set(offered.map(keyOf));
  const inUse = new Set([...(await db.getAll("drafts")), ...(await db.getAll("queue")), ...(await returned())].map(keyOf));
  const kept: StoredForm[] = [];
  for (const form of await db.getAll("forms")) {
    if (current.has(form.key)) kept.push(form);
    else if (inUse.has(form.key)) kept.push(await withdrawn(form));
    else await db.delete("forms", form.key);
  }
  const hashes = new Set(kept.flatMap(({ media, model }) => [...media.map(({ hash }) => hash), ...Object.values(model.media ?? {})]));
  for (const hash of await db.getAllKeys("media")) if (!hashes.has(hash)) await db.delete("media", hash);
}

async function withdrawn(form: StoredForm): Promise<StoredForm> {
  const old = { ...form, current: false };
  await (await database()).put("forms", old);
  return old;
}

/** A form of the phone, fetched from the server where only an older version is asked for. */
export async function formOf(form: string, version: string, session: Session): Promise<StoredForm | undefined> {
  const key = keyOf({ form, version });
  const db = await database();
  const known = await db.get("forms", key);
  if (known) return known;
  const reply = await ask(`forms/${form}/${version}/model`, { token: session.token });
  if (reply.kind === "none" || reply.status !== 200 || !Array.isArray(reply.body["nodes"])) return undefined;
  const model = reply.body as unknown as Model;
  const media: MediaFile[] = [];
  for (const filename of Object.values(model.files ?? {})) {
    const text = await askText(`/api/v1/forms/${form}/${version}/media/${filename}`, session.token);
    if (text === undefined) return undefined;
    const hash = `${key}/${filename}`;
    await db.put("media", { hash, text });
    media.push({ filename, hash });
  }
  const found = { key, form, version, title: model.title, hash: "", media, model, current: false };
  await db.put("forms", found);
  return found;
}

/** The media files of a form, parsed. */
export async function mediaOf(form: StoredForm): Promise<Media> {
  const db = await database();
  const files = await Promise.all(
    form.media.map(async ({ filename, hash }) => [filename, parseCsv((await db.get("media", hash))?.text ?? "")]),
  );
  return Object.fromEntries(files) as Media;
}

/** The states of what was sent, kept for the hours without a network. */
export async function refreshReports(session: Session): Promise<Refreshed> {
  const reply = await ask("submissions", { token: session.token, patience: PATIENCE_MS });
  if (reply.kind === "none") return "unreachable";
  if (reply.status === 401) return "sign-in";
  if (reply.status !== 200 || !Array.isArray(reply.body["submissions"])) return "unreachable";
  await writeSecret("reports", reply.body["submissions"] as Report[]);
  announce();
  // What came back must open without a network too, whatever version it was filled on.
  await Promise.all((await returned()).map(({ form, version }) => formOf(form, version, session)));
  return "done";
}

/** Interviews that an officer returned, as far as the phone was told. */
async function returned(): Promise<Report[]> {
  const reports = (await readSecret<Report[]>("reports")) ?? [];
  return reports.filter(({ state, superseded }) => state === "returned" && !superseded);
}
