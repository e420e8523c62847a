/** The little Markdown that XLSForm labels use, as a tree. Anything else stays as it is written. */

export type Mark =
  | string
  | { readonly tag: "strong" | "em"; readonly children: readonly Mark[] }
  | { readonly tag: "a"; readonly href: string; readonly children: readonly Mark[] };

export interface Block {
  readonly tag: "p" | "h2" | "li";
  readonly lines: readonly (readonly Mark[])[];
}

const INLINE = /\*\*(.+?)\*\*(?!\*)|__(.+?)__(?!_)|\*(\S(?:.*?\S)?)\*|\b_(\S(?:.*?\S)?)_\b|\[([^\]]+)\]\(([^)\s]+)\)/;
const SAFE_LINK = /^(https?:|tel:|mailto:)/i;

/** The blocks of a text: paragraphs parted by blank lines, `#` headings, `-` lists. */
export function parseMarkdown(text: string): Block[] {
  const blocks: Block[] = [];
  let open: (readonly Mark[])[] | undefined;
  for (const line of text.split(/\r\n|\n|\r|<br\s*\/?>/)) {
    const heading = /^#{1,6}\s+(.*)$/.exec(line);
    const item = /^\s*[-*]\s+(.*)$/.exec(line);
    if (!line.trim()) open = undefined;
    else if (heading ?? item) {
      blocks.push({ tag: heading ? "h2" : "li", lines: [inline((heading ?? item)![1]!)] });
      open = undefined;
    } else if (open) open.push(inline(line));
    else blocks.push({ tag: "p", lines: (open = [inline(line)]) });
  }
  return blocks;
}

/** Bold, italic and links within a line. */
export function inline(text: string): Mark[] {
  const found = INLINE.exec(text);
  if (!found) return text ? [text] : [];
  const [whole, strong, strong2, em, em2, label, href = ""] = found;
  const before = text.slice(0, found.index);
  const rest = inline(text.slice(found.index + whole.length));
  const bold = strong ?? strong2;
  const mark: Mark =
    bold !== undefined
      ? { tag: "strong", children: inline(bold) }
      : label !== undefined
        ? link(label, href, whole)
        : { tag: "em", children: inline(em ?? em2 ?? "") };
  return [...(before ? [before] : []), mark, ...rest];
}

function link(label: string, href: string, whole: string): Mark {
  return SAFE_LINK.test(href) ? { tag: "a", href, children: inline(label) } : whole;
}
