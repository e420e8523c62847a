// A persistent process: one JSON request a line on stdin, one JSON reply a line on stdout.
//
//   {"op": "load", "form": KEY, "xform": XML, "media": {NAME: CSV}}   -> {}
//   {"op": "fill", "form": KEY, "now": ISO, "steps": [[REF, VALUE]…]} -> {nodes, xml, skipped}
//   {"op": "restore", "form": KEY, "now": ISO, "xml": XML}            -> {nodes, xml}
//
// A failure is answered as {"error": TEXT}; the process lives on.
import { createInterface } from 'node:readline';
import { fill, load, restore } from './engine.mjs';

const forms = new Map();
const operations = {
  load: async ({ form, xform, media }) => { forms.set(form, await load(xform, media)); return {}; },
  fill: ({ form, now, steps }) => fill(forms.get(form), now, steps),
  restore: ({ form, now, xml }) => restore(forms.get(form), now, xml),
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
