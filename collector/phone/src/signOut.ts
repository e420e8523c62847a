/** Leaves the phone: the token is given back, and what the server has is removed from here. */

import { ask } from "./net/api.ts";
import { go } from "./router.ts";
import { announce } from "./store/changes.ts";
import { database, type Session } from "./store/database.ts";
import { dropLostFiles } from "./store/files.ts";
import { forgetLock } from "./store/pin.ts";
import { writeSession } from "./store/session.ts";

/**
 * Sign out. With `wipe` the person's drafts and unsent interviews go too; without it they stay for
 * their next sign-in. Forms, media files (household lists) and the server's reports always go.
 */
export async function signOut(session: Session, wipe: boolean): Promise<void> {
  if (session.token) void ask("session", { method: "DELETE", token: session.token, patience: 10_000 });
  const db = await database();
  const owned = async (store: "drafts" | "queue"): Promise<string[]> =>
    (await db.getAll(store)).filter((item) => item.owner === session.user.username).map((item) => item.id);
  const [drafts, queue] = [await owned("drafts"), await owned("queue")];
  if (wipe) {
    for (const id of drafts) await db.delete("drafts", id);
    for (const id of queue) await db.delete("queue", id);
    for (const id of [...drafts, ...queue]) await db.delete("bodies", id);
    await dropLostFiles();
  }
  const left = new Set([...(await db.getAll("drafts")), ...(await db.getAll("queue"))].map((x) => `${x.form}/${x.version}`));
  for (const form of await db.getAll("forms")) {
    if (left.has(form.key)) await db.put("forms", { ...form, current: false });
    else await db.delete("forms", form.key);
  }
  if (!left.size) await db.clear("media");
  for (const key of ["reports", "news", "sync", "work"]) await db.delete("values", key);
  await writeSession(undefined);
  await forgetLock(session.user.username);
  go({ name: "home" }, true);
  announce();
}
