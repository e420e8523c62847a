/** The forms that the phone keeps, and their lists. */

import type { Model } from "../engine/model.ts";
import { database, whole, type MediaFile, type StoredForm } from "./database.ts";

/** A form as the service offers it. */
export interface Offered {
  readonly form: string;
  readonly version: string;
  readonly title: Readonly<Record<string, string>>;
  /** `content` comes where the phone did not have it and the service sends it along. */
  readonly model: { readonly url: string; readonly hash: string; readonly content?: Model };
  readonly media: readonly (MediaFile & { readonly url: string; readonly content?: string })[];
}

export async function listForms(): Promise<StoredForm[]> {
  return (await database()).getAll("forms");
}

/** What of the models and lists is here, as the service is told it. */
export async function have(): Promise<string> {
  const forms = (await listForms()).filter(({ current }) => current);
  const hashes = new Set(forms.flatMap(({ hash, media }) => [hash, ...media.map((file) => file.hash)]));
  return `have=${[...hashes].join(",")}`;
}

/**
 * Keep what came with an offer, at once or not at all. Returns the forms of which something is still to be
 * fetched: nothing of those is replaced.
 */
export async function keepOffered(offered: readonly Offered[]): Promise<Offered[]> {
  const transaction = (await database()).transaction(["forms", "media"], "readwrite");
  const [forms, media] = [transaction.objectStore("forms"), transaction.objectStore("media")];
  const [known, here] = await Promise.all([forms.getAll(), media.getAllKeys().then((hashes) => new Set(hashes))]);
  const puts: Promise<unknown>[] = [];
  for (const { hash, content } of offered.flatMap((form) => form.media)) {
    if (content === undefined || here.has(hash)) continue;
    here.add(hash);
    puts.push(media.put({ hash, text: content }));
  }
  const lacking = offered.filter((offer) => {
    const before = known.find(({ key }) => key === keyOf(offer));
    const model = before?.hash === offer.model.hash ? before.model : offer.model.content;
    if (!model || !offer.media.every(({ hash }) => here.has(hash))) return true;
    const now = stored(offer, model);
    if (model !== before?.model || aroundModel(before) !== aroundModel(now)) puts.push(forms.put(now));
    return false;
  });
  await whole(transaction, puts);
  return lacking;
}

export const keyOf = ({ form, version }: { form: string; version: string }): string => `${form}/${version}`;

const aroundModel = ({ title, media, current }: StoredForm): string => JSON.stringify([title, media, current]);

function stored(offer: Offered, model: Model): StoredForm {
  const { form, version, title } = offer;
  const media = offer.media.map(({ filename, hash }) => ({ filename, hash }));
  return { key: keyOf(offer), form, version, title, hash: offer.model.hash, media, model, current: true };
}
