/** The last screen: what still needs a look, and the way to send. */

import type { JSX } from "preact";
import type { Fault } from "../engine/check.ts";
import { containerOf } from "./flow.ts";
import type { Interview } from "../engine/interview.ts";
import type { ServerFault } from "../store/database.ts";
import { t } from "../text/i18n.ts";
import { Icon } from "../ui/icons.tsx";
import { Banner } from "../ui/plain.tsx";
import { faultText, serverText } from "./Question.tsx";
import { memberName } from "./Roster.tsx";
import { plainText } from "./summary.ts";

interface EndProps {
  readonly interview: Interview;
  readonly language: string;
  readonly faults: readonly Fault[];
  readonly serverFaults: readonly ServerFault[];
  readonly onOpen: (path: string) => void;
}

export function End({ interview, language, faults, serverFaults, onOpen }: EndProps): JSX.Element {
  const own = new Set(faults.map((fault) => fault.path));
  const others = serverFaults.filter((fault) => !own.has(fault.path));
  return (
    <div class="end">
      <h2 tabIndex={-1}>{t("endTitle")}</h2>
      {faults.length === 0 ? (
        <Banner tone="good" icon="check">
          <strong>{t("endReady")}</strong>
          <p>{t("endReadyHelp")}</p>
        </Banner>
      ) : (
        <Banner tone="warn" icon="alert">
          <strong>{t("endMissing", { n: faults.length })}</strong>
          <p>{t("endMissingHelp")}</p>
        </Banner>
      )}
      <ul class="cards">
        {faults.map((fault) => (
          <Item
            key={fault.path}
            title={titleOf(interview, fault, language)}
            message={faultText(interview, fault, language)}
            onOpen={() => onOpen(fault.path)}
          />
        ))}
        {others.map((fault) => (
          <Item
            key={fault.path + fault.code}
            title={serverTitle(interview, fault, language)}
            message={serverText(fault)}
            onOpen={() => onOpen(fault.path)}
          />
        ))}
      </ul>
    </div>
  );
}

interface ItemProps {
  readonly title: string;
  readonly message: string;
  readonly onOpen: () => void;
}

function Item({ title, message, onOpen }: ItemProps): JSX.Element {
  return (
    <li class="card">
      <button type="button" class="open" onClick={onOpen}>
        <span class="who">
          <strong>{title}</strong>
          <span class="bad">{message}</span>
        </span>
        <Icon name="forward" />
      </button>
    </li>
  );
}

/** What the server calls a question; where it says only the path, the form's own label. */
function serverTitle(interview: Interview, fault: ServerFault, language: string): string {
  const inst = fault.label ? undefined : interview.find(fault.path);
  return inst ? titleOf(interview, { inst }, language) : (fault.label ?? fault.name ?? fault.path);
}

/** A question's label, with the member in front that it belongs to. */
function titleOf(interview: Interview, { inst }: Pick<Fault, "inst">, language: string): string {
  const label = plainText(interview.text(inst.def.label, language, inst)) || inst.name;
  const container = containerOf(inst);
  return container.parent ? `${memberName(interview, container, language)}: ${label}` : label;
}
