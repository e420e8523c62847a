/** One form being filled: answers go in, and relevance, values, choices and faults come out. */

import { Actions } from "./actions.ts";
import { faultsAt, faultsOf, holds, type Fault } from "./check.ts";
import { ChoiceLists, type Choice } from "./choices.ts";
import type { World } from "./evaluate.ts";
import { answersOf, draftOf, findPath, instanceOf, newInstance, newMember, ownAnswersOf, walk, type Inst } from "./instance.ts";
import { Labels } from "./labels.ts";
import type { Answers, Media, Model, ModelNode, Text, Tree } from "./model.ts";
import { recalculate } from "./recalculate.ts";
import { documentOf } from "./rows.ts";
import { localDate, localDateTime, type XNode } from "./values.ts";

/** What the engine needs from the machine it runs on. */
export interface Surroundings {
  readonly now: () => Date;
  readonly uuid: () => string;
  readonly random: () => number;
  readonly device: string;
  readonly user: string;
  /** `uuid:…`, the submission's own id. */
  readonly instanceId: string;
}

export class Interview {
  readonly model: Model;
  readonly root: Inst;
  private readonly around: Surroundings;
  private readonly media: Media;
  private readonly documents = new Map<string, XNode | undefined>();
  private readonly world: World;
  private readonly lists: ChoiceLists;
  private readonly labels: Labels;
  private readonly actions: Actions;
  private clock: Date;
  /** Faults asked for since the last answer; null for none. */
  private readonly found = new Map<Inst, Fault | null>();

  /** Begins a new interview, or goes on with `answers` (of a draft, or of a returned submission). */
  constructor(model: Model, media: Media, around: Surroundings, answers?: Answers) {
    this.model = model;
    this.media = media;
    this.around = around;
    this.clock = around.now();
    this.root = answers ? instanceOf(model, answers) : newInstance(model);
    this.labels = new Labels(model.languages);
    this.world = this.makeWorld();
    this.lists = new ChoiceLists(this.world);
    this.actions = new Actions(model, this.world, this.root);
    this.begin(answers === undefined);
  }

  private begin(isNew: boolean): void {
    if (isNew) for (const inst of walk(this.root)) this.preload(inst);
    const id = this.find(`/${this.model.root}/meta/instanceID`);
    if (id) id.raw = this.around.instanceId;
    this.refresh();
    if (isNew && this.actions.firstLoad()) this.refresh();
  }

  /** Put an answer in, as it is stored: "" for none, codes joined by a blank, dates YYYY-MM-DD. */
  answer(inst: Inst, value: string): void {
    const text = cleanText(value);
    if (inst.raw === text) return;
    inst.raw = text;
    this.refresh();
    if (this.actions.changed(inst)) this.refresh();
  }

  /** Add an instance at the end of a repeat that the user may extend. */
  addMember(parent: Inst, def: ModelNode): Inst {
    const member = newMember(def, parent);
    parent.slots.get(def.name)!.push(member);
    this.prepare(member);
    this.refresh();
    return member;
  }

  /** Take an instance away; where the form counts them itself, a new one is at its place. */
  removeMember(member: Inst): void {
    const { def, parent } = member;
    const members = parent!.slots.get(def.name)!;
    const anew = def.count ? [newMember(def, parent!)] : [];
    members.splice(members.indexOf(member), 1, ...anew);
    anew.forEach((one) => this.prepare(one));
    this.refresh();
  }

  /** Whether a repeat counts at the moment, with or without instances. */
  repeatCounts(parent: Inst, def: ModelNode): boolean {
    return parent.ghosts.get(def.name)?.relevant ?? false;
  }

  faults(): Fault[] {
    return faultsOf(this.world, this.lists, this.root);
  }

  /** The fault of a node that is shown first, or undefined. */
  faultOf(inst: Inst): Fault | undefined {
    let fault = this.found.get(inst);
    if (fault === undefined) {
      fault = faultsAt(this.world, this.lists, inst)[0] ?? null;
      this.found.set(inst, fault);
    }
    return fault ?? undefined;
  }

  choices(inst: Inst): readonly Choice[] {
    return this.lists.of(inst);
  }

  choice(def: ModelNode, name: string): Choice | undefined {
    return this.lists.find(def, name);
  }

  /** Whether a condition of the node (`required`, `readonly`) holds now. */
  holds(inst: Inst, condition: Tree | true | undefined): boolean {
    return holds(this.world, inst, condition);
  }

  /** A text in `language`, or in the form's first one, with its computed parts filled in. */
  text(text: Text | string | undefined, language: string, inst: Inst): string {
    return this.labels.text(text, language, this.world, inst);
  }

  find(path: string): Inst | undefined {
    return findPath(this.root, path);
  }

  /** What is sent. */
  answers(): Answers {
    return answersOf(this.root);
  }

  /** What is sent, with what stays on the phone. */
  ownAnswers(): Answers {
    return ownAnswersOf(this.root);
  }

  /** What a draft keeps, answers that do not count at the moment among it. */
  draft(): Answers {
    return draftOf(this.root);
  }

  /** Close the interview: its end time, then the last calculations. */
  finish(): void {
    this.clock = this.around.now();
    for (const inst of walk(this.root)) {
      if (inst.def.preload === "end") inst.raw = localDateTime(this.clock);
    }
    this.refresh();
  }

  private refresh(): void {
    this.clock = this.around.now();
    this.found.clear();
    recalculate(this.world, this.root, (member) => this.prepare(member));
  }

  private makeWorld(): World {
    const interview = this;
    return {
      root: this.root,
      get now() {
        return interview.clock;
      },
      instance: (id) => this.document(id),
      choiceName: (value, path, from) => this.labels.choiceName(value, path, this.world, this.lists, from),
      itext: (id) => this.labels.itext(id, this.model),
      uuid: this.around.uuid,
      random: this.around.random,
    };
  }

  /** A secondary instance, made into nodes when it is first asked for. */
  private document(id: string): XNode | undefined {
    if (!this.documents.has(id)) {
      const file = this.model.files?.[id];
      const items = file !== undefined ? this.media[file] : this.model.lists[id];
      this.documents.set(id, items && documentOf(items, id));
    }
    return this.documents.get(id);
  }

  private prepare(member: Inst): void {
    for (const inst of walk(member)) this.preload(inst);
    this.actions.newMember(member);
  }

  private preload(inst: Inst): void {
    const value = this.preloaded(inst.def.preload);
    if (value !== undefined) inst.raw = value;
  }

  private preloaded(kind: string | undefined): string | undefined {
    if (kind === "start") return localDateTime(this.clock);
    if (kind === "today") return localDate(this.clock);
    if (kind === "deviceid") return this.around.device;
    if (kind === "username") return this.around.user;
    return kind === "uid" ? this.around.instanceId : undefined;
  }
}

/** What XML cannot hold is dropped; blanks alone are no answer; accents are in one form (NFC). */
function cleanText(value: string): string {
  const text = value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").normalize("NFC");
  return text.trim() === "" ? "" : text;
}
