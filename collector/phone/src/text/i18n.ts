/** The language that the app speaks at the moment, and what it can say. */

import type { CATALOGUE } from "./catalogue.ts";
import { DOOR } from "./door.ts";
import type { LATER } from "./later.ts";
import { say, type Language, type Params, type Sentence } from "./say.ts";

export type Key = keyof typeof DOOR | keyof typeof CATALOGUE | keyof typeof LATER;

let current: Language = "vi";
let known: Partial<Record<Key, Sentence>> = DOOR;

/** The words of what stands behind the lock, or comes later: called by the code that uses them. */
export function learn(words: Partial<Record<Key, Sentence>>): void {
  known = { ...known, ...words };
}

export function setLanguage(language: Language): void {
  current = language;
}

export function language(): Language {
  return current;
}

export function t(key: Key, params?: Params): string {
  return sentence(current, key, params);
}

export function sentence(language: Language, key: Key, params?: Params): string {
  return say(language, known[key]!, params);
}

/** `t` for a catalogue of its own: that of a screen whose code comes later. */
export function speaker<K extends string>(words: Readonly<Record<K, Sentence>>): (key: K, params?: Params) => string {
  return (key, params) => say(current, words[key], params);
}
