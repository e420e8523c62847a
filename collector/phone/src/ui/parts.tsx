/** Small parts that several screens share. */

import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { clock } from "../net/clock.ts";
import { clockIsWrong } from "../net/time.ts";
import { isFull } from "../store/trouble.ts";
import { dateTimeText } from "../text/format.ts";
import { t } from "../text/i18n.ts";
import { parseMarkdown, type Block, type Mark } from "../text/markdown.ts";
import { sameText, useApp, useStored } from "./hooks.ts";
import { Banner } from "./plain.tsx";

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly onClose: () => void;
}

/** A question that needs an answer before anything else. Escape and the back key close it. */
export function Dialog({ title, children, onClose }: DialogProps): JSX.Element {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={ref} aria-labelledby="dialog-title" onCancel={(event) => (event.preventDefault(), onClose())}>
      <h2 id="dialog-title">{title}</h2>
      {children}
    </dialog>
  );
}

interface ConfirmProps {
  readonly title: string;
  readonly body: string;
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something is lost; the safe answer comes first and has the focus. */
export function Confirm({ title, body, confirm, onConfirm, onClose }: ConfirmProps): JSX.Element {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{body}</p>
      <div class="buttons">
        <button type="button" class="button" autofocus onClick={onClose}>
          {t("cancel")}
        </button>
        <button type="button" class="button danger" onClick={onConfirm}>
          {confirm}
        </button>
      </div>
    </Dialog>
  );
}

/** A text with the Markdown of XLSForm labels, within a line. */
export function Inline({ text }: { readonly text: string }): JSX.Element {
  const blocks = parseMarkdown(text);
  return (
    <>
      {blocks.map((block, i) => (
        <span key={i} class={i ? "block" : undefined}>
          {block.tag === "li" && "• "}
          <Lines block={block} />
        </span>
      ))}
    </>
  );
}

/** A text with the Markdown of XLSForm labels, as paragraphs and lists. */
export function Rich({ text }: { readonly text: string }): JSX.Element {
  return (
    <div class="rich">
      {grouped(parseMarkdown(text)).map((blocks, i) => {
        const first = blocks[0]!;
        if (first.tag === "li") return <ul key={i}>{blocks.map((b, j) => <li key={j}><Lines block={b} /></li>)}</ul>;
        return first.tag === "h2" ? <h2 key={i}><Lines block={first} /></h2> : <p key={i}><Lines block={first} /></p>;
      })}
    </div>
  );
}

/** List items that follow each other, together. */
function grouped(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const last = groups[groups.length - 1];
    if (block.tag === "li" && last?.[0]?.tag === "li") last.push(block);
    else groups.push([block]);
  }
  return groups;
}

function Lines({ block }: { readonly block: Block }): JSX.Element {
  return (
    <>
      {block.lines.map((line, i) => (
        <>
          {i > 0 && <br />}
          <Marks marks={line} />
        </>
      ))}
    </>
  );
}

function Marks({ marks }: { readonly marks: readonly Mark[] }): JSX.Element {
  return (
    <>
      {marks.map((mark) => {
        if (typeof mark === "string") return mark;
        const children = <Marks marks={mark.children} />;
        if (mark.tag === "a") return <a href={mark.href} rel="noreferrer">{children}</a>;
        return mark.tag === "strong" ? <strong>{children}</strong> : <em>{children}</em>;
      })}
    </>
  );
}

/** Why something could not be kept on the phone, and what to do. */
export function notKept(reason: string): string {
  return isFull(reason) ? t("full") : t("notSaved", { reason });
}

/** The phone's clock differs from the service's: dates and ages in the forms depend on it. */
export function WrongClock(): JSX.Element | null {
  const known = useStored(clock, "", sameText);
  const now = Date.now();
  if (!known || !clockIsWrong(known, now)) return null;
  const when = (at: number): string => dateTimeText(new Date(at));
  const right = Math.max(known.server, known.server + (now - known.phone));
  return (
    <Banner tone="warn" icon="alert">
      <strong>{t("clockWrong", { phone: when(now), server: when(right) })}</strong>
      <p>{t("clockHelp")}</p>
    </Banner>
  );
}

/** The strip over every screen where the service says that its data are invented. */
export function Demonstration(): JSX.Element | null {
  const { session } = useApp();
  if (!session.demonstration) return null;
  return (
    <p class="demonstration" role="note">
      {t("demonstration")}
    </p>
  );
}
