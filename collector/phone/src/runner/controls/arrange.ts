/** How choices are laid out, and how they are searched. Pure. */

/**
 * The CSS class for a list of choices: a scale for `likert`, columns where the sheet asks for them,
 * one row where two or three labels are short, else a column.
 */
export function arrangement(appearance: string | undefined, labels: readonly string[]): string {
  const words = (appearance ?? "").split(/\s+/);
  if (words.includes("likert")) return "likert";
  if (words.some((word) => /^(columns|horizontal)/.test(word))) return "columns";
  const short = labels.length <= 3 && labels.every((label) => label.length <= 36 / labels.length - 4);
  return short ? "row" : "column";
}

/** A text without accents and case, for searching: "Đặng Ánh" and "dang anh" are the same. */
export function foldedText(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .trim();
}
