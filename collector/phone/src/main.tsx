/** Starts the app: the lock at once, then what stands behind it. */

import { render } from "preact";
import { App } from "./App.tsx";
import "./install.ts";
import { askAhead } from "./net/ahead.ts";
import { keepLocked } from "./store/autolock.ts";
import { readValue } from "./store/database.ts";
import { sentence } from "./text/i18n.ts";
import type { Language } from "./text/say.ts";
import { goes, tellWiped } from "./wipe.ts";
import { startWorker } from "./worker.ts";
import "./style.css";

async function start(): Promise<void> {
  const [language, formLanguage] = await Promise.all([
    readValue<Language>("language"),
    readValue<string>("formLanguage"),
  ]);
  render(<App remembered={{ language: language ?? "vi", formLanguage }} />, document.getElementById("app")!);
  keepLocked();
  prepare().catch(() => undefined); // the screens that need it say that it could not be fetched
  askAhead().catch(() => undefined); // without it the forms are asked for after the PIN
  void tellWiped();
  addEventListener("online", () => void tellWiped());
  await startWorker();
}

/** Bring what stands behind the lock, and keep what is filled there in step with the service. */
async function prepare(): Promise<void> {
  const { keepInSync, unsaved } = await import("./inside.tsx");
  addEventListener("beforeunload", (event) => {
    if (unsaved() && !goes) event.preventDefault();
  });
  keepInSync();
}

/** Without a database nothing can be kept: say so rather than lose answers. */
function cannotStart(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  const words = (["vi", "en"] as const).map((language) => sentence(language, "noStorage", { reason }));
  document.getElementById("app")!.textContent = words.join(" ");
}

start().catch(cannotStart);
