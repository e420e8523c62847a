/** The language that the app speaks at the moment. */

import { sentence, type Key, type Language, type Params } from "./catalogue.ts";

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
