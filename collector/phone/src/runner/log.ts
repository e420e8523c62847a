/**
 * The log of times of an interview, as ODK Collect writes it (audit.csv): which screen was open from
 * when to when. No positions, no answers. Kept in the draft, so that a killed app loses one screen.
 */

import { pathOf } from "../engine/instance.ts";
import type { Model, ModelNode } from "../engine/model.ts";
import type { Screen } from "./flow.ts";

export const LOG_FILE = "audit.csv";
const HEADER = "event,node,start,end\n";

/** The path of the log's element, where the form keeps one. */
export function logPath(model: Model): string | undefined {
  const meta = model.nodes.find(({ name }) => name === "meta");
  return meta?.children?.some(({ name }) => name === "audit") ? `/${model.root}/meta/audit` : undefined;
}

/** One line; `end` is empty for what has no length. */
export function line(event: string, node: string, start: number, end?: number): string {
  return `${event},${node},${start},${end ?? ""}\n`;
}

/** What Collect calls a screen, and its node. */
export function screenEvent(screen: Screen | undefined): readonly [event: string, node: string] {
  if (!screen) return ["end screen", ""];
  if (screen.kind === "roster") return ["repeat", screen.place];
  const group = screen.groups[screen.groups.length - 1];
  return screen.nodes.length === 1 ? ["question", screen.place] : ["group questions", group ? pathOf(group) : pathOf(screen.container)];
}

/** The whole file. */
export function logFile(lines: string): ArrayBuffer {
  return new TextEncoder().encode(HEADER + lines).buffer as ArrayBuffer;
}

/** Whether something goes with the answers: a log, a photo, a recording. */
export function needsFiles(model: Model): boolean {
  const has = (nodes: readonly ModelNode[]): boolean =>
    nodes.some((def) => def.type === "image" || def.type === "audio" || has(def.children ?? []));
  return logPath(model) !== undefined || has(model.nodes);
}

/** Writes the log of one window of an interview. `kept` goes into the draft. */
export class TimeLog {
  /** The lines so far; "" where the form keeps no log. */
  kept: string;
  private readonly on: boolean;
  private shown: { readonly event: readonly [string, string]; readonly since: number } | undefined;

  constructor(model: Model, before: string | undefined) {
    this.on = logPath(model) !== undefined;
    this.kept = this.on ? (before ?? "") + line(before ? "form resume" : "form start", "", Date.now()) : "";
  }

  /** Another screen is open now. */
  show(screen: Screen | undefined): void {
    if (!this.on) return;
    this.close();
    this.shown = { event: screenEvent(screen), since: Date.now() };
  }

  /** The interview is done: the lines, with the last ones. */
  finished(): string {
    if (!this.on) return "";
    this.close();
    const now = Date.now();
    return this.kept + line("form save", "", now) + line("form finalize", "", now) + line("form exit", "", now);
  }

  private close(): void {
    if (this.shown) this.kept += line(...this.shown.event, this.shown.since, Date.now());
    this.shown = undefined;
  }
}
