/** The members of a repeat as a list: who is on it, what is missing, add, remove. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { pathOf, type Inst } from "../engine/instance.ts";
import type { Interview } from "../engine/interview.ts";
import { t } from "../text/i18n.ts";
import { Icon } from "../ui/icons.tsx";
import { Confirm, Inline } from "../ui/parts.tsx";
import { faultsToCorrect, screensOf, type Screen } from "./flow.ts";
import { calledName, isUntouched, plainText, summaryOf } from "./summary.ts";

interface RosterProps {
  readonly interview: Interview;
  readonly screen: Screen;
  readonly language: string;
  readonly onOpen: (member: Inst) => void;
  readonly onAdd: () => void;
  readonly onRemove: (member: Inst) => void;
}

export function Roster(props: RosterProps): JSX.Element {
  const { interview, screen, language } = props;
  const [removing, setRemoving] = useState<Inst>();
  const members = screen.parent!.step(screen.repeat!.name) as readonly Inst[];
  const title = interview.text(screen.repeat!.label, language, screen.parent!) || screen.repeat!.name;
  const open = screen.repeat!.count === undefined;
  return (
    <div class="roster">
      <h2 tabIndex={-1} id="roster-title">
        <Inline text={title} />
      </h2>
      <p class="quiet">{members.length ? t("rosterCount", { n: members.length }) : t("rosterEmpty")}</p>
      <ul class="cards" aria-labelledby="roster-title">
        {members.map((member) => (
          <Member
            key={pathOf(member)}
            interview={interview}
            member={member}
            language={language}
            onOpen={props.onOpen}
            onRemove={open || !isUntouched(member) ? setRemoving : undefined}
          />
        ))}
      </ul>
      {open && (
        <button type="button" class="button add" onClick={props.onAdd}>
          <Icon name="plus" />
          {t("addMember", { name: plainText(title) })}
        </button>
      )}
      {removing && (
        <Confirm
          title={t("removeMember", { name: memberName(interview, removing, language) })}
          body={t("removeMemberBody", { name: memberName(interview, removing, language) })}
          confirm={t("delete")}
          onClose={() => setRemoving(undefined)}
          onConfirm={() => (props.onRemove(removing), setRemoving(undefined))}
        />
      )}
    </div>
  );
}

interface MemberProps {
  readonly interview: Interview;
  readonly member: Inst;
  readonly language: string;
  readonly onOpen: (member: Inst) => void;
  readonly onRemove: ((member: Inst) => void) | undefined;
}

function Member({ interview, member, language, onOpen, onRemove }: MemberProps): JSX.Element {
  const name = memberName(interview, member, language);
  const summary = summaryOf(interview, member, language);
  const missing = missingIn(interview, member);
  const untouched = isUntouched(member);
  const status = missing === 0 ? t("memberDone") : untouched ? t("memberEmpty") : t("memberMissing", { n: missing });
  return (
    <li class="card member">
      <button type="button" class="open" onClick={() => onOpen(member)}>
        <span class="badge">{numberOf(member)}</span>{" "}
        <span class="who">
          <strong>{calledName(member) || summary || name}</strong>
          {calledName(member) && summary && <span>{summary}</span>}
          <span class={`status ${missing ? (untouched ? "none" : "some") : "all"}`}>
            {!missing && <Icon name="check" />}
            {status}
          </span>
        </span>
        {!onRemove && <Icon name="forward" />}
      </button>
      {onRemove && (
        <button type="button" class="icon-button" aria-label={t("removeNamed", { name })} onClick={() => onRemove(member)}>
          <Icon name="trash" />
        </button>
      )}
    </li>
  );
}

/** How many questions of a member still have a fault, its own repeats among them. */
export function missingIn(interview: Interview, member: Inst): number {
  return faultsToCorrect(interview, member).length;
}

/** The first member that is not complete, in the order of the list. */
export function firstUnfinished(interview: Interview, screen: Screen): Inst | undefined {
  const members = screen.parent!.step(screen.repeat!.name) as readonly Inst[];
  return members.find((member) => missingIn(interview, member) > 0);
}

/** Where a member opens: at its first question, or at what is missing once something is answered. */
export function placeIn(interview: Interview, member: Inst): string {
  const fault = isUntouched(member) ? undefined : faultsToCorrect(interview, member)[0];
  return fault?.path ?? screensOf(interview, member)[0]?.place ?? pathOf(member);
}

/** A member's name: as the person calls it, else the repeat's label where the sheet computes it, else with a number. */
export function memberName(interview: Interview, member: Inst, language: string): string {
  const called = calledName(member);
  if (called) return called;
  const { label } = member.def;
  const text = plainText(interview.text(label, language, member)) || member.name;
  const computed = label !== undefined && Object.values(label).some((sentence) => typeof sentence !== "string");
  return computed ? text : t("memberNumber", { name: text, number: numberOf(member) });
}

/** A member's place in its list, counted from 1. */
export function numberOf(member: Inst): number {
  return member.parent!.all(member.name).indexOf(member) + 1;
}
