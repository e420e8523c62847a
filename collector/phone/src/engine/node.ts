/**
 * The engine without a phone: reads one JSON object a line, answers with one JSON object a line.
 *
 * In:  {"model": Model, "media"?: {"file.csv": "text"}, "now"?: ISO time, "answers"?: Answers,
 *       "do"?: [["answer", path, value] | ["answer-if-there", path, value] | ["add", path of the repeat] | ["remove", path] | ["finish"]]}
 *      A line without "model" goes on with the model of the line before.
 * Out: {"answers": what would be sent, "draft": all values, "faults": [{code, path}],
 *       "relevant": paths that count, "choices": {path: codes}} or {"error": text}
 */

import { createInterface } from "node:readline";
import { parseCsv } from "./csv.ts";
import { Interview, type Surroundings } from "./interview.ts";
import { pathOf, walk } from "./instance.ts";
import type { Answers, Media, Model } from "./model.ts";

interface Request {
  readonly model?: Model;
  readonly media?: Readonly<Record<string, string>>;
  readonly now?: string;
  readonly answers?: Answers;
  readonly instance_id?: string;
  readonly do?: readonly (readonly string[])[];
}

const INSTANCE = "uuid:00000000-0000-4000-8000-000000000000";

/** Fills one form as the request says. Throws for a path that is not there. */
export function fillForm(model: Model, media: Media, request: Request): Record<string, unknown> {
  const interview = new Interview(model, media, surroundings(request), request.answers);
  for (const [verb = "", path = "", value = ""] of request.do ?? []) act(interview, verb, path, value);
  const all = [...walk(interview.root)];
  const asked = all.filter((inst) => inst.relevant && inst.def.choices);
  return {
    answers: interview.answers(),
    draft: interview.draft(),
    faults: interview.faults().map(({ code, path }) => ({ code, path })),
    relevant: all.filter((inst) => inst.relevant).map(pathOf),
    choices: Object.fromEntries(asked.map((inst) => [pathOf(inst), interview.choices(inst).map((c) => c.name)])),
  };
}

function act(interview: Interview, verb: string, path: string, value: string): void {
  if (verb === "finish") return interview.finish();
  const inst = interview.find(verb === "add" ? path.slice(0, path.lastIndexOf("/")) : path);
  if (!inst && verb === "answer-if-there") return;
  if (!inst) throw new Error(`no node at ${path}`);
  if (verb.startsWith("answer")) return interview.answer(inst, value);
  if (verb === "remove") return interview.removeMember(inst);
  const def = inst.def.children?.find((child) => child.name === path.slice(path.lastIndexOf("/") + 1));
  if (verb !== "add" || def?.kind !== "repeat") throw new Error(`cannot ${verb} at ${path}`);
  interview.addMember(inst, def);
}

function surroundings(request: Request): Surroundings {
  const now = request.now === undefined ? new Date() : new Date(request.now);
  return {
    now: () => now,
    uuid: () => "00000000-0000-4000-8000-000000000001",
    random: () => 0.5,
    device: "test",
    user: "test",
    instanceId: request.instance_id ?? INSTANCE,
  };
}

async function serve(): Promise<void> {
  let model: Model | undefined;
  let media: Media = {};
  for await (const line of createInterface({ input: process.stdin })) {
    let reply: Record<string, unknown>;
    try {
      const request = JSON.parse(line) as Request;
      model = request.model ?? model;
      if (request.media) media = parseMedia(request.media);
      if (!model) throw new Error("the first line must hold a model");
      reply = fillForm(model, media, request);
    } catch (error) {
      reply = { error: String(error) };
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}

function parseMedia(files: Readonly<Record<string, string>>): Media {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, parseCsv(text)]));
}

if (process.argv[1]?.endsWith("engine/node.js")) await serve();
