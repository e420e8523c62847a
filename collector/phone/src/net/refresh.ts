/** Brings forms, media files and the states of sent interviews to the phone. */

import { parseCsv } from "../engine/csv.ts";
import type { Media, Model } from "../engine/model.ts";
import { announce } from "../store/changes.ts";
import { database, type MediaFile, type Report, type Session, type StoredForm } from "../store/database.ts";
import { readSecret, writeSecret } from "../store/sealing.ts";
import { ask, askText } from "./api.ts";

interface Offered {
  readonly form: string;
  readonly version: string;
  readonly title: Readonly<Record<string, string>>;
  /** `content` comes where the phone did not have it and the server sends it along. */
  readonly model: { readonly url: string; readonly hash: string; readonly content?: Model };
  readonly media: readonly (MediaFile & { readonly url: string; readonly content?: string })[];
}

const PATIENCE_MS = 30_000; // sending waits its turn behind these

export type Refreshed = "done" | "unreachable" | "sign-in";

/** Ask for the list of forms with what is new of them; what did not come along is asked for by itself. */
export async function refreshForms(session: Session): Promise<Refreshed> {
  const reply = await ask(`forms?have=${(await hashesHere()).join(",")}`, { token: session.token, patience: PATIENCE_MS });
  if (reply.kind === "none") return "unreachable";
  if (reply.status === 401) return "sign-in";
  if (reply.status !== 200 || !Array.isArray(reply.body["forms"])) return "unreachable";
  const offered = reply.body["forms"] as Offered[];
  // Together, because a round trip takes longer than what travels.
  const coming: Coming = new Map();
  const brought = await Promise.all(offered.map((form) => bring(form, session, coming)));
  await retire(offered);
  announce();
  return brought.every(Boolean) ? "done" : "unreachable";
}

/** What of the models and lists is here. */
async function hashesHere(): Promise<string[]> {
  const forms = (await (await database()).getAll("forms")).filter(({ current }) => current);
  return [...new Set(forms.flatMap(({ hash, media }) => [hash, ...media.map((file) => file.hash)]))];
}

/** Files on their way, by hash: a list that several forms have travels once. */
type Coming = Map<string, Promise<boolean>>;

/** Fetch what is new of one form. Nothing is replaced before all of the new is there. */
async function bring(offered: Offered, session: Session, coming: Coming): Promise<boolean> {
  const key = `${offered.form}/${offered.version}`;
  const db = await database();
  const known = await db.get("forms", key);
  const [model, ...files] = await Promise.all([
    known?.hash === offered.model.hash ? known.model : offered.model.content ?? fetchModel(offered, session),
    ...offered.media.map((file) => {
      const here = coming.get(file.hash) ?? bringFile(file, session);
      coming.set(file.hash, here);
      return here;
    }),
  ]);
  if (!model || !files.every(Boolean)) return false;
  const media = offered.media.map(({ filename, hash }) => ({ filename, hash }));
  const { form, version, title } = offered;
  await db.put("forms", { key, form, version, title, hash: offered.model.hash, media, model, current: true });
  announce();
  return true;
}

/** Whether a media file of that content is here, fetched if it was not. */
async function bringFile(file: Offered["media"][number], session: Session): Promise<boolean> {
  const db = await database();
  if (await db.getKey("media", file.hash)) return true;
  const text = file.content ?? (await askText(file.url, session.token));
  if (text !== undefined) await db.put("media", { hash: file.hash, text });
  return text !== undefined;
}

async function fetchModel(offered: Offered, session: Session): Promise<Model | undefined> {
  const reply = await ask(offered.model.url, { token: session.token });
  const isModel = reply.kind === "reply" && reply.status === 200 && Array.isArray(reply.body["nodes"]);
  return isModel ? (reply.body as unknown as Model) : undefined;
}

/** Versions that are no longer offered stay while a draft or an unsent interview needs them. */
async function retire(offered: readonly Offered[]): Promise<void> {
  const db = await database();
  const current = new Set(offered.map(({ form, version }) => `${form}/${version}`));
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

const keyOf = ({ form, version }: { form: string; version: string }): string => `${form}/${version}`;

async function withdrawn(form: StoredForm): Promise<StoredForm> {
  const old = { ...form, current: false };
  await (await database()).put("forms", old);
  return old;
}

/** A form of the phone, fetched from the server where only an older version is asked for. */
export async function formOf(form: string, version: string, session: Session): Promise<StoredForm | undefined> {
  const key = `${form}/${version}`;
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

export async function listForms(): Promise<StoredForm[]> {
  return (await database()).getAll("forms");
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
