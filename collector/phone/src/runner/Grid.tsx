/** Questions in rows and columns: a table on a wide screen, a list of rows on a phone. */

import type { JSX, TargetedClipboardEvent, TargetedKeyboardEvent } from "preact";
import { pathOf, type Inst } from "../engine/instance.ts";
import { Icon } from "../ui/icons.tsx";
import { BesideLabel } from "./Beside.tsx";
import { CONTROLS } from "./controls/index.ts";
import { blockOf, SEPARATOR, tableOf, type Row, type Table } from "./grid.ts";
import { controlProps, elementId, messageOf, Question, type QuestionProps } from "./Question.tsx";
import { plainText } from "./summary.ts";

interface GridProps {
  readonly nodes: readonly Inst[];
  /** What each question is drawn with. */
  readonly propsOf: (inst: Inst) => QuestionProps;
}

export function Grid({ nodes, propsOf }: GridProps): JSX.Element {
  const labelOf = (inst: Inst): string => {
    const { interview, language } = propsOf(inst);
    return plainText(interview.text(inst.def.label, language, inst));
  };
  const table = tableOf(nodes, labelOf);
  return (
    <div class="questions">
      {table.others.map((inst) => (
        <Question key={pathOf(inst)} {...propsOf(inst)} />
      ))}
      <table class="grid" onKeyDown={move} onPaste={(event) => paste(event, table, propsOf)}>
        <thead>
          <tr>
            <td />
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <RowOf key={row.label} row={row} columns={table.columns} propsOf={propsOf} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly row: Row;
  readonly columns: readonly string[];
  readonly propsOf: GridProps["propsOf"];
}

/** The cells, and below them, as wide as the table, what is wrong with them. */
function RowOf({ row, columns, propsOf }: RowProps): JSX.Element {
  const messages = columns.flatMap((column) => {
    const inst = row.cells.get(column);
    const message = inst ? messageOf(propsOf(inst)) : "";
    return inst && message ? [{ inst, text: `${column}: ${message}` }] : [];
  });
  return (
    <>
      <tr>
        <th scope="row">{row.label}</th>
        {columns.map((column) => {
          const inst = row.cells.get(column);
          return inst ? <Cell key={column} row={row.label} column={column} props={propsOf(inst)} /> : <td key={column} class="none" />;
        })}
      </tr>
      {messages.length > 0 && (
        <tr class="faults">
          <td colSpan={columns.length + 1}>
            {messages.map(({ inst, text }) => (
              <p key={pathOf(inst)} class="fault" id={`${elementId(inst)}-fault`} role="alert">
                <Icon name="alert" />
                <span>{text}</span>
              </p>
            ))}
          </td>
        </tr>
      )}
    </>
  );
}

/** One cell: its input, and its label, of which the row's part is for screen readers only. */
function Cell({ row, column, props }: { readonly row: string; readonly column: string; readonly props: QuestionProps }): JSX.Element {
  const id = elementId(props.inst);
  const Input = CONTROLS[props.inst.def.type ?? ""]?.render;
  return (
    <td class="cell" id={`${id}-q`}>
      <label id={`${id}-label`} for={id}>
        <span class="unseen">
          {row}
          {SEPARATOR}
        </span>
        {column}
      </label>
      <BesideLabel interview={props.interview} language={props.language} def={props.inst.def} inst={props.inst} />
      {Input && <Input {...controlProps(props, id, messageOf(props))} />}
    </td>
  );
}

/** Up, down and Enter go from cell to cell as in a worksheet. */
function move(event: TargetedKeyboardEvent<HTMLTableElement>): void {
  const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" || event.key === "Enter" ? 1 : 0;
  const cell = (event.target as HTMLElement).closest<HTMLTableCellElement>("td.cell");
  if (!step || !cell || (event.target as HTMLElement).tagName === "SELECT") return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLTableRowElement>("tbody tr:not(.faults)")];
  const next = rows[rows.indexOf(cell.parentElement as HTMLTableRowElement) + step];
  const input = next?.cells[cell.cellIndex]?.querySelector<HTMLInputElement>("input");
  if (!input) return; // in the last row Enter goes on to the next screen
  event.preventDefault();
  input.focus();
  input.select();
}

/** A block copied from a worksheet fills the cells from the one with the focus on. */
function paste(event: TargetedClipboardEvent<HTMLTableElement>, table: Table, propsOf: GridProps["propsOf"]): void {
  const block = blockOf(event.clipboardData?.getData("text") ?? "");
  const id = (event.target as HTMLElement).id;
  if (!block) return;
  const top = table.rows.findIndex((row) => [...row.cells.values()].some((inst) => elementId(inst) === id));
  const first = table.columns.findIndex((column) => elementIdIn(table.rows[top], column) === id);
  if (top < 0 || first < 0) return;
  event.preventDefault();
  block.forEach((values, down) =>
    values.forEach((value, right) => {
      const inst = table.rows[top + down]?.cells.get(table.columns[first + right] ?? "");
      if (inst) propsOf(inst).onAnswer(inst, value);
    }),
  );
}

function elementIdIn(row: Row | undefined, column: string): string | undefined {
  const inst = row?.cells.get(column);
  return inst && elementId(inst);
}
