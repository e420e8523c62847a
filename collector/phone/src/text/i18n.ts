/** The language that the app speaks at the moment. */

import { say, sentence, type Key, type Language, type Params, type Sentence } from "./catalogue.ts";

let current: Language = "vi";

export function setLanguage(language: Language): void {
  current = language;
}

export function language(): Language {
  return current;
}

export function t(key: Key, params?: Params): string {
  return sentence(current, key, params);
}

/** `t` for a catalogue of its own: that of a screen whose code comes later. */
export function speaker<K extends string>(words: Readonly<Record<K, Sentence>>): (key: K, params?: Params) => string {
  return (key, params) => say(current, words[key], params);
}
