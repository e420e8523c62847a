/** Starts the app. */

import { render } from "preact";
import { App } from "./App.tsx";
import "./install.ts";
import { keepInSync } from "./net/sync.ts";
import { readValue } from "./store/database.ts";
import type { Language } from "./text/catalogue.ts";
import { startWorker } from "./worker.ts";
import "./style.css";

async function start(): Promise<void> {
  const [language, formLanguage] = await Promise.all([
    readValue<Language>("language"),
    readValue<string>("formLanguage"),
  ]);
  render(<App remembered={{ language: language ?? "vi", formLanguage }} />, document.getElementById("app")!);
  keepInSync();
  await startWorker();
}

void start();
