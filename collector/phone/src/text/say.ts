/** How a sentence of a catalogue is said. Pure. */

/** Vietnamese, then English: where an English sentence counts it has two forms, parted by "|". */
export type Sentence = readonly [vi: string, en: string];
export type Language = "vi" | "en";
export type Params = Readonly<Record<string, string | number>>;

/** A sentence in a language, its `{names}` filled in, numbers written the language's way. */
export function say(language: Language, [vi, en]: Sentence, params: Params = {}): string {
  const [one = "", others = one] = en.split("|");
  const counted = "n" in params ? params["n"] : undefined;
  const text = language === "vi" ? vi : counted === 1 ? one : others;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return typeof value === "number" ? value.toLocaleString(language === "vi" ? "vi-VN" : "en-GB") : (value ?? whole);
  });
}
