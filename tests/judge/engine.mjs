// ODK's own engine, headless: load an XForm, answer it node by node, tell what the engine thinks.
//
// A reference names one node with every repeat instance numbered: /data/member[2]/person/age.
// A step answers a question; to a repeat instance "" makes it (and those before it), null removes.
// Nothing here knows our compact model: it sees the XForm that ODK Collect would download.
import { createRequire } from 'node:module';
import { JSDOM } from 'jsdom';

// The engine's bundle expects these two of CommonJS, and a browser's DOM (linkedom and happy-dom
// lack lookupNamespaceURI, which it needs).
globalThis.require = createRequire(import.meta.url);
globalThis.__dirname = import.meta.dirname;
const { window } = new JSDOM('');
globalThis.window = window;
for (const name of ['document', 'DOMParser', 'XMLSerializer', 'Node', 'Element', 'Document',
  'XMLDocument', 'XPathResult', 'Attr', 'Text', 'Comment', 'HTMLElement', 'NodeFilter']) {
  globalThis[name] = window[name];
}

// One clock for a whole filling, so that today() and now() can be told to the other side.
const RealDate = globalThis.Date;
let frozen = null;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0 && frozen !== null) super(frozen);
    else super(...parts);
  }

  static now() { return frozen ?? RealDate.now(); }
};

const { loadForm } = await import('@getodk/xforms-engine');

/** Load `xform` (XML text); `media` gives the text of each CSV file by its name. */
export async function load(xform, media) {
  const result = await loadForm(xform, {
    fetchFormAttachment: async (url) => {
      const name = decodeURIComponent(String(url).split('/').pop());
      if (!(name in media)) return new Response('', { status: 404 });
      return new Response(media[name], { headers: { 'content-type': 'text/csv' } });
    },
  });
  if (result.status === 'failure') throw result.error;
  return result;
}

/** Open a new form at the moment `now` (ISO text) and take the `steps`, then tell its state. */
export async function fill(form, now, steps) {
  frozen = RealDate.parse(now);
  const { root } = form.createInstance();
  const skipped = steps.filter(([reference, value]) => !answer(root, reference, value));
  return { ...await state(root), skipped: skipped.map(([reference]) => reference) };
}

/** Open the submitted `xml` as it would be opened for correction, then tell its state. */
export async function restore(form, now, xml) {
  frozen = RealDate.parse(now);
  const data = new FormData();
  data.set('xml_submission_file', new File([xml], 'xml_submission_file', { type: 'text/xml' }));
  const { root } = await form.restoreInstance({ inputType: 'FORM_INSTANCE_INPUT_RESOLVED',
    data: [data] });
  return state(root);
}

function answer(root, reference, value) {
  const node = find(root, reference.split('/').slice(2));
  if (value === null) return node?.nodeType === 'repeat-instance' && remove(node);
  if (node?.nodeType === 'repeat-instance') return value === ''; // find() has made it
  if (node === null || !(node.nodeType in SETTERS) || node.currentState.readonly) return false;
  SETTERS[node.nodeType](node, value);
  return true;
}

const SETTERS = {
  // null would clear a text too, but crashes a later concat(); '' does not.
  input: (node, value) => node.setValue(value),
  select: (node, value) => node.selectValues(words(value)),
  rank: (node, value) => node.setValues(words(value)),
  range: (node, value) => node.setValue(value === '' ? null : Number(value)),
  trigger: (node, value) => node.setValue(value !== ''),
};

const words = (value) => value.split(' ').filter((word) => word !== '');

function find(parent, steps) {
  if (steps.length === 0) return parent;
  const [, name, position] = /^([^[]+)(?:\[(\d+)\])?$/.exec(steps[0]);
  const child = parent.currentState.children?.find((node) => localName(node) === name);
  if (child === undefined) return null;
  if (!child.nodeType.startsWith('repeat-range')) return find(child, steps.slice(1));
  const instance = repeatInstance(child, Number(position ?? 1));
  return instance === null ? null : find(instance, steps.slice(1));
}

function repeatInstance(range, position) {
  const missing = position - range.currentState.children.length;
  if (missing > 0 && range.nodeType === 'repeat-range:uncontrolled') {
    for (let added = 0; added < missing; added += 1) range.addInstances();
  }
  return range.currentState.children[position - 1] ?? null;
}

function remove(instance) {
  const range = instance.parent;
  range.removeInstances(range.currentState.children.indexOf(instance));
  return true;
}

const localName = (node) => node.currentState.reference.split('/').pop().replace(/\[\d+\]$/, '');

async function state(root) {
  const payload = await root.prepareInstancePayload();
  const xml = await payload.data[0].get('xml_submission_file').text();
  const nodes = [];
  collect(root, nodes);
  return { nodes, xml };
}

function collect(node, nodes) {
  const { reference, relevant, children } = node.currentState;
  const { constraint, required } = node.validationState;
  nodes.push({
    ref: reference,
    type: node.nodeType,
    relevant,
    value: node.currentState.instanceValue ?? null,
    constraint: constraint?.valid ?? true,
    required: required?.valid ?? true,
  });
  for (const child of children ?? []) collect(child, nodes);
}
