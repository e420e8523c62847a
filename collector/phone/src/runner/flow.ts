/** Which screens an interview has: pure, so that it runs and is tested without a phone. */

import type { Fault } from "../engine/check.ts";
import { findPath, isContainer, pathOf, walk, type Inst } from "../engine/instance.ts";
import type { Interview } from "../engine/interview.ts";
import type { Model, ModelNode } from "../engine/model.ts";

/** A screen: some questions, or the list of a repeat's members. */
export interface Screen {
  readonly kind: "questions" | "roster";
  /** Where it lies: the path of its first node; a roster's has no number. */
  readonly place: string;
  /** The instance of the form or of a repeat that it belongs to. */
  readonly container: Inst;
  /** Questions and notes in the order of the sheet, counting or not. */
  readonly nodes: readonly Inst[];
  /** The groups around it, outermost first, for the heading. */
  readonly groups: readonly Inst[];
  /** A roster's repeat. */
  readonly repeat?: ModelNode;
  readonly parent?: Inst;
}

/** The place after the last question, where the interview is looked over and sent. */
export const END = "end";

/** How much of a screen's height is filled before the next question gets a screen of its own. */
const FULL = 4;

/** All screens of the form or of one member, those that do not count at the moment among them. */
export function layout(model: Model, container: Inst): Screen[] {
  const whole = /\bfield-list\b/.test(container.def.appearance ?? "");
  const builder = new Builder(model, container);
  if (whole) builder.together(container);
  else builder.children(container, []);
  return builder.screens;
}

class Builder {
  readonly screens: Screen[] = [];
  private readonly model: Model;
  private readonly container: Inst;

  constructor(model: Model, container: Inst) {
    this.model = model;
    this.container = container;
  }

  children(inst: Inst, groups: readonly Inst[]): void {
    let run: Inst[] = [];
    const flush = (): void => {
      if (run.length) this.questions(run, groups);
      run = [];
    };
    for (const def of inst.def.children ?? []) {
      const child = inst.all(def.name)[0];
      if (isContainer(def)) flush();
      if (def.kind === "repeat") this.roster(inst, def, groups);
      else if (child && def.kind === "group") this.group(child, groups);
      else if (child && isAsked(def)) run = this.add(run, child, flush);
    }
    flush();
  }

  /** In a member, short questions share a screen; elsewhere each has its own. */
  private add(run: Inst[], child: Inst, flush: () => void): Inst[] {
    const room = this.container.def.kind === "repeat" ? FULL : 0;
    const height = [...run, child].reduce((sum, inst) => sum + heightOf(this.model, inst.def), 0);
    if (!run.length || height <= room) return [...run, child];
    flush();
    return [child];
  }

  private group(group: Inst, groups: readonly Inst[]): void {
    if (group.name === "meta" && group.parent?.parent === null) return;
    if (/\bfield-list\b/.test(group.def.appearance ?? "")) this.together(group, groups);
    else this.children(group, [...groups, group]);
  }

  /** Everything below on one screen; a repeat in it keeps its own roster. */
  together(inst: Inst, groups: readonly Inst[] = []): void {
    const own = inst === this.container ? groups : [...groups, inst];
    const nodes = [...walk(inst)].filter((node) => isAsked(node.def) && containerOf(node) === this.container);
    if (nodes.length) this.questions(nodes, own);
    for (const group of [inst, ...walk(inst)]) {
      for (const def of group.def.children ?? []) {
        if (def.kind === "repeat" && containerOf(group) === this.container) this.roster(group, def, own);
      }
    }
  }

  private questions(nodes: readonly Inst[], groups: readonly Inst[]): void {
    this.screens.push({ kind: "questions", place: pathOf(nodes[0]!), container: this.container, nodes, groups });
  }

  private roster(parent: Inst, repeat: ModelNode, groups: readonly Inst[]): void {
    const place = `${pathOf(parent)}/${repeat.name}`;
    this.screens.push({ kind: "roster", place, container: this.container, nodes: [], groups, repeat, parent });
  }
}

const isAsked = (def: ModelNode): boolean => def.kind === "question" || def.kind === "note";

/** Rows of a phone's screen that a question takes, of about seven, label and all. */
function heightOf(model: Model, def: ModelNode): number {
  if (def.media?.image) return FULL;
  const list = def.choices?.list;
  if (!def.choices || /\bminimal\b/.test(def.appearance ?? "")) return 1;
  const count = list === undefined ? 20 : (model.lists[list]?.length ?? 0);
  return count <= 3 ? 1 : 0.6 + count * 0.5;
}

/** The nearest member around a node (the form itself where there is none). */
export function containerOf(inst: Inst): Inst {
  let node = inst;
  while (node.parent && node.def.kind !== "repeat") node = node.parent;
  return node;
}

export function counts(interview: Interview, screen: Screen): boolean {
  if (screen.kind === "questions") return screen.nodes.some((node) => node.relevant);
  const { parent, repeat } = screen;
  if (!interview.repeatCounts(parent!, repeat!)) return false;
  return repeat!.count === undefined || parent!.step(repeat!.name).length > 0;
}

/** The screens of a container that count now. */
export function screensOf(interview: Interview, container: Inst): Screen[] {
  return layout(interview.model, container).filter((screen) => counts(interview, screen));
}

/** The screen at a place, or the next that counts where it has gone; undefined at the end. */
export function screenAt(interview: Interview, place: string): Screen | undefined {
  const inst = findPath(interview.root, place);
  const isRoster = inst?.def.kind === "repeat" && !place.endsWith("]");
  const start = isRoster ? inst.parent! : inst;
  const container = containerOf(start ?? nearest(interview.root, place));
  const screens = layout(interview.model, container);
  const at = screens.findIndex((screen) =>
    screen.kind === "roster" ? screen.place === place : inst !== undefined && holds(screen, inst),
  );
  const found = screens.slice(Math.max(0, at)).find((screen) => counts(interview, screen));
  return found ?? (container.parent ? rosterOf(interview, container) : undefined);
}

const holds = (screen: Screen, inst: Inst): boolean =>
  screen.nodes.includes(inst) || screen.groups[screen.groups.length - 1] === inst;

/** The deepest node of a path that is there. */
function nearest(root: Inst, place: string): Inst {
  for (let path = place; path.length > 1; path = path.slice(0, path.lastIndexOf("/"))) {
    const inst = findPath(root, path);
    if (inst) return inst;
  }
  return root;
}

/** The roster in whose list a member stands. */
export function rosterOf(interview: Interview, member: Inst): Screen | undefined {
  return screenAt(interview, `${pathOf(member.parent!)}/${member.name}`);
}

/** The screen after this one; after a member's last the roster; undefined after the form's last. */
export function after(interview: Interview, screen: Screen): Screen | undefined {
  const screens = screensOf(interview, screen.container);
  const next = screens[screens.findIndex(({ place }) => place === screen.place) + 1];
  return next ?? (screen.container.parent ? rosterOf(interview, screen.container) : undefined);
}

/** The screen before this one; before a member's first the roster; undefined before the first. */
export function before(interview: Interview, screen: Screen | undefined): Screen | undefined {
  if (!screen) return screensOf(interview, interview.root).pop();
  const screens = screensOf(interview, screen.container);
  const previous = screens[screens.findIndex(({ place }) => place === screen.place) - 1];
  return previous ?? (screen.container.parent ? rosterOf(interview, screen.container) : undefined);
}

/** How far a screen is into the interview, 0 to 1; a roster's share holds its members' screens. */
export function progressAt(interview: Interview, screen: Screen | undefined): number {
  if (!screen) return 1;
  const screens = screensOf(interview, screen.container);
  const index = Math.max(0, screens.findIndex(({ place }) => place === screen.place));
  const share = index / (screens.length + (screen.container.parent ? 0 : 1));
  const member = screen.container;
  if (!member.parent) return share + (screen.kind === "roster" ? doneShare(interview, screen) / (screens.length + 1) : 0);
  const members = member.parent.step(member.name);
  const within = (members.indexOf(member) + share) / (members.length + 1);
  const roster = rosterOf(interview, member);
  const siblings = roster ? screensOf(interview, roster.container).length + 1 : 1;
  return progressAt(interview, roster) + within / siblings;
}

/** The share of a roster's members that are complete; a whole roster is short of the next screen. */
function doneShare(interview: Interview, roster: Screen): number {
  const members = roster.parent!.step(roster.repeat!.name);
  const done = members.filter((member) => !faultsToCorrect(interview, member as Inst).length).length;
  return done / (members.length + 1);
}

/** What the person can put right: the first fault of each question, in the order of the form. */
export function faultsToCorrect(interview: Interview, within: Inst = interview.root): Fault[] {
  const faults: Fault[] = [];
  for (const inst of walk(within)) {
    const fault = inst.def.kind === "question" ? interview.faultOf(inst) : undefined;
    if (fault) faults.push(fault);
  }
  return faults;
}
