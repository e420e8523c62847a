/** What one visit knows. In memory only: nothing here is ever written down. */

import { Interview } from "../engine/interview.ts";
import { walk, type Inst } from "../engine/instance.ts";
import type { Opened } from "./server.ts";
import { fromBase64, padded, sealed, toBase64 } from "./seal.ts";

export class Visit {
  readonly opened: Opened;
  readonly code: string;
  private interview: Interview | null;
  private box = "";

  constructor(code: string, opened: Opened) {
    this.code = code;
    this.opened = opened;
    this.interview = begun(opened);
  }

  /** The questions and notes that count now, in order. None once the answers are locked. */
  screens(): readonly Inst[] {
    if (!this.interview) return [];
    return [...walk(this.interview.root)].filter(
      ({ def, relevant }) => relevant && (def.kind === "question" || def.kind === "note"),
    );
  }

  get form(): Interview {
    if (!this.interview) throw new Error("the answers are locked");
    return this.interview;
  }

  /** Whether the person agreed, alone: else nothing may be sent. */
  get agreed(): boolean {
    return this.interview?.find(`/${this.opened.model.root}/send`)?.value === "1";
  }

  /** Put an answer in; an answer that stands alone (“none”) takes the others' place. */
  answer(inst: Inst, codes: readonly string[], last: string): void {
    this.form.answer(inst, codes.join(" "));
    if (this.form.faultOf(inst)) this.form.answer(inst, codes.includes(last) ? last : "");
    const alone = codes.length > 1 && inst.raw === last && last !== "0" ? codes.filter((code) => code !== "0") : null;
    if (alone) this.form.answer(inst, alone.join(" "));
  }

  /** Lock the answers and forget them; the same box every time. */
  lock(): string {
    if (this.interview) {
      const { model, experience, size, key } = this.opened;
      this.interview.finish();
      const text = JSON.stringify({ form: model.form, version: model.version, experience, answers: this.interview.answers() });
      const plain = padded(text, size);
      this.box = toBase64(sealed(plain, fromBase64(key)));
      plain.fill(0);
      this.interview = null;
    }
    return this.box;
  }

  forget(): void {
    this.interview = null;
    this.box = "";
  }
}

function begun(opened: Opened): Interview {
  return new Interview(opened.model, {}, {
    now: () => new Date(),
    uuid: () => "",
    random: Math.random,
    device: "",
    user: "",
    instanceId: "uuid:sealed",
  });
}
