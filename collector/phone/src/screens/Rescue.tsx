/** Saving what was not sent to a file, and bringing such a file to this phone. */

import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { newId } from "../runner/begin.ts";
import { bring, pack, unpack, unsent, type Brought, type Refusal } from "../store/rescue.ts";
import { reasonOf } from "../store/trouble.ts";
import { say } from "../text/enrol.ts";
import { t } from "../text/i18n.ts";
import { Banner } from "../ui/plain.tsx";

type Tone = "good" | "bad" | "info";

const REFUSALS: Record<Refusal, Parameters<typeof say>[0]> = {
  foreign: "rescueForeign",
  other: "rescueOther",
  damaged: "rescueDamaged",
};

export function Rescue(): JSX.Element {
  const [told, setTold] = useState<readonly [tone: Tone, text: string]>();
  const [brought, setBrought] = useState<readonly Brought[]>();
  const file = useRef<HTMLInputElement>(null);

  const attempt = (work: () => Promise<void>): void => {
    setTold(undefined);
    setBrought(undefined);
    work().catch((error: unknown) => setTold(["bad", say("rescueFailed", { reason: reasonOf(error) })]));
  };

  async function save(): Promise<void> {
    const kept = await unsent();
    const n = kept.drafts.length + kept.entries.length;
    if (!n) return setTold(["info", say("rescueNothing")]);
    const name = `so-thon-${new Date().toISOString().slice(0, 16).replace(/\D/g, "")}.sothon`;
    offer(new Blob([await pack(kept)], { type: "application/octet-stream" }), name);
    setTold(["good", say("rescueSaved", { n, name })]);
  }

  async function open(chosen: File): Promise<void> {
    const kept = await unpack(await chosen.arrayBuffer());
    if (typeof kept === "string") return setTold(["bad", say(REFUSALS[kept])]);
    setBrought(await bring(kept, newId));
  }

  return (
    <section>
      <h2>{say("rescueTitle")}</h2>
      <div class="card pad stack">
        <p>{say("rescueLead")}</p>
        {told && <Banner tone={told[0]}>{told[1]}</Banner>}
        {brought && <Outcome brought={brought} />}
        <div class="buttons column">
          <button type="button" class="button" onClick={() => attempt(save)}>
            {say("rescueSave")}
          </button>
          <button type="button" class="button" onClick={() => file.current?.click()}>
            {say("rescueOpen")}
          </button>
        </div>
        <input
          ref={file}
          type="file"
          hidden
          onChange={({ currentTarget }) => {
            const chosen = currentTarget.files?.[0];
            currentTarget.value = "";
            if (chosen) attempt(() => open(chosen));
          }}
        />
      </div>
    </section>
  );
}

function Outcome({ brought }: { readonly brought: readonly Brought[] }): JSX.Element {
  return (
    <div class="banner good" role="status">
      <div class="grow">
        <strong>{say("rescueDone")}</strong>
        <ul>
          {brought.map(({ summary, form, what }, i) => (
            <li key={i}>
              {summary || form || t("untitled")}: {say(`brought_${what}`)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Have the browser save a file. */
function offer(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
