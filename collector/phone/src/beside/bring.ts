/** Brings the sounds and pictures of labels to the phone, each once for all forms that have it. */

import { askFile } from "../net/api.ts";
import { announce } from "../store/changes.ts";
import { database, type Session, type StoredForm } from "../store/database.ts";

const PATIENCE_MS = 300_000; // the largest is a megabyte

interface Wanted {
  readonly form: StoredForm;
  readonly filename: string;
  readonly digest: string;
}

/** What these forms have and the phone has not, each content once. */
export async function missing(forms: readonly StoredForm[]): Promise<Wanted[]> {
  const here = new Set(await (await database()).getAllKeys("media"));
  const found = new Map<string, Wanted>();
  for (const form of forms) {
    for (const [filename, digest] of Object.entries(form.model.media ?? {})) {
      if (!here.has(digest)) found.set(digest, { form, filename, digest });
    }
  }
  return [...found.values()];
}

/** Fetch what is missing, one after the other. False where the network gave out. */
export async function bringFiles(forms: readonly StoredForm[], session: Session): Promise<boolean> {
  for (const wanted of await missing(forms)) {
    const { form, version } = wanted.form;
    const path = `/api/v1/forms/${form}/${version}/media/${wanted.filename}`;
    const file = await askFile(path, session.token, PATIENCE_MS);
    if (file === undefined) return false;
    if (file !== "refused") await keep(wanted, file);
  }
  return true;
}

/** What stands between may answer in the place of the service: the digest tells. */
async function keep({ digest }: Wanted, blob: Blob): Promise<void> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  const found = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!found.startsWith(digest)) return;
  await (await database()).put("media", { hash: digest, blob });
  announce();
}
