// A persistent process: one JSON request a line on stdin, one JSON reply a line on stdout.
//
//   {"op": "load", "form": KEY, "xform": XML, "media": {NAME: CSV}}   -> {}
//   {"op": "fill", "form": KEY, "now": ISO, "steps": [[REF, VALUE]…]} -> {nodes, xml, skipped}
//   {"op": "restore", "form": KEY, "now": ISO, "xml": XML}            -> {nodes, xml}
//
// A failure is answered as {"error": TEXT}; the process lives on.
import { createInterface } from 'node:readline';
import { fill, load, restore } from './engine.mjs';

// The engine keeps every instance that was ever opened of a loaded form; loading it anew lets go.
const FILLS_A_LOAD = 25;
const forms = new Map();

async function loaded(key) {
  const entry = forms.get(key);
  if (entry.fills >= FILLS_A_LOAD) {
    entry.form = await load(entry.xform, entry.media);
    entry.fills = 0;
  }
  entry.fills += 1;
  return entry.form;
}

const operations = {
  load: async ({ form, xform, media }) => {
    forms.set(form, { form: await load(xform, media), xform, media, fills: 0 });
    return {};
  },
  fill: async ({ form, now, steps }) => fill(await loaded(form), now, steps),
  restore: async ({ form, now, xml }) => restore(await loaded(form), now, xml),
};

console.log = console.warn = console.info = console.error; // stdout belongs to the replies

for await (const line of createInterface({ input: process.stdin })) {
  let reply;
  try {
    const request = JSON.parse(line);
    reply = await operations[request.op](request);
  } catch (error) {
    reply = { error: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
