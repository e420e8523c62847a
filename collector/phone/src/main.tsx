/** Starts the app. */

import { render } from "preact";
import { App } from "./App.tsx";
import "./install.ts";
import { keepInSync } from "./net/sync.ts";
import { keepLocked } from "./store/autolock.ts";
import { readValue } from "./store/database.ts";
import { unsaved } from "./store/drafts.ts";
import { sentence, type Language } from "./text/catalogue.ts";
import { tellWiped } from "./wipe.ts";
import { startWorker } from "./worker.ts";
import "./style.css";
import "./worklist/worklist.css";

async function start(): Promise<void> {
  const [language, formLanguage] = await Promise.all([
    readValue<Language>("language"),
    readValue<string>("formLanguage"),
  ]);
  render(<App remembered={{ language: language ?? "vi", formLanguage }} />, document.getElementById("app")!);
  addEventListener("beforeunload", (event) => {
    if (unsaved()) event.preventDefault();
  });
  keepLocked();
  keepInSync();
  void tellWiped();
  addEventListener("online", () => void tellWiped());
  await startWorker();
}

/** Without a database nothing can be kept: say so rather than lose answers. */
function cannotStart(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  const words = (["vi", "en"] as const).map((language) => sentence(language, "noStorage", { reason }));
  document.getElementById("app")!.textContent = words.join(" ");
}

start().catch(cannotStart);
