/** Choosing one or several: lists of large targets, a long list with a search, a drop-down. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Choice } from "../../engine/choices.ts";
import { t } from "../../text/i18n.ts";
import { isSecondTap } from "../../ui/hooks.ts";
import { Inline } from "../../ui/parts.tsx";
import { appears, attributes, type ControlProps } from "./control.ts";
import { arrangement, foldedText, isBrief } from "./arrange.ts";

/** Above this many choices a list gets a search. */
const LONG = 12;
/** How many of them are drawn, and how many before the screen is first there: what follows lies below it. */
const SHOWN = 40;
const AT_ONCE = 12;

export function SelectOne(props: ControlProps): JSX.Element {
  if (!props.choices.length) return <p class="quiet">{t("noChoices")}</p>;
  if (props.dropDown) return <DropDown {...props} />;
  if (props.choices.length > LONG || appears(props.inst, "autocomplete")) return <SearchList {...props} multiple={false} />;
  return <OptionList {...props} options={props.choices} multiple={false} />;
}

export function SelectMultiple(props: ControlProps): JSX.Element {
  if (!props.choices.length) return <p class="quiet">{t("noChoices")}</p>;
  // Several are often chosen by looking through all of them: only a list that is too long for it is searched.
  if (props.choices.length > SHOWN || appears(props.inst, "autocomplete")) return <SearchList {...props} multiple />;
  return <OptionList {...props} options={props.choices} multiple />;
}

interface ListProps extends ControlProps {
  readonly options: readonly Choice[];
  readonly multiple: boolean;
}

/** Native radio buttons or checkboxes, each in a row that is a target as a whole. */
function OptionList(props: ListProps): JSX.Element {
  const { options, multiple, value, inst } = props;
  const chosen = value.split(" ").filter(Boolean);
  const labels = options.map(props.labelOf);
  const plain = !options.some(({ media }) => media);
  // A tap on the chosen one takes it back; keys move over it on their way, so they do not.
  const take = (name: string, tapped: boolean): void => {
    const single = tapped && chosen.includes(name) ? "" : name;
    props.onAnswer(multiple ? toggled(chosen, name, props.choices) : single);
    props.onDone();
  };
  return (
    <div class={`options ${plain ? arrangement(inst.def.appearance, labels) : "column"}`}>
      {options.map((choice, i) => {
        const option = (
          <label key={choice.name} class={plain && isBrief(labels[i]!) ? "option brief" : "option"}>
            <input
              type={multiple ? "checkbox" : "radio"}
              name={props.id}
              value={choice.name}
              checked={chosen.includes(choice.name)}
              disabled={props.readonly}
              aria-describedby={i === 0 ? props.describedBy : undefined}
              onClick={(event) => take(choice.name, event.detail > 0 && !isSecondTap(event))}
              onKeyDown={(event) => {
                if (event.key === "Delete" || event.key === "Backspace") props.onAnswer("");
              }}
            />
            <span class="mark" aria-hidden="true" />
            <span class="text">
              <Inline text={labels[i]!} />
              {props.besideOf(choice, "image")}
            </span>
          </label>
        );
        const sound = props.besideOf(choice, "audio"); // beside the target: to hear is not to choose
        return sound ? <div key={choice.name} class="with-sound">{option}{sound}</div> : option;
      })}
    </div>
  );
}

/** Codes in the order of the list, so that the same answer is always the same text. */
function toggled(chosen: readonly string[], name: string, options: readonly Choice[]): string {
  const now = chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name];
  const known = options.filter((choice) => now.includes(choice.name)).map((choice) => choice.name);
  return [...known, ...now.filter((other) => !known.includes(other))].join(" ");
}

function DropDown(props: ControlProps): JSX.Element {
  return (
    <select
      class="input"
      {...attributes(props)}
      disabled={props.readonly}
      value={props.value}
      onChange={(event) => {
        props.onAnswer(event.currentTarget.value);
        props.onDone();
      }}
    >
      <option value="">{t("choose")}</option>
      {props.choices.map((choice) => (
        <option key={choice.name} value={choice.name} selected={choice.name === props.value}>
          {props.labelOf(choice)}
        </option>
      ))}
    </select>
  );
}

/** A long list: what is typed narrows it, without regard to accents or case. */
function SearchList(props: ControlProps & Pick<ListProps, "multiple">): JSX.Element {
  const [query, setQuery] = useState("");
  const [room, setRoom] = useState(AT_ONCE);
  useEffect(() => {
    const timer = setTimeout(() => setRoom(SHOWN));
    return () => clearTimeout(timer);
  }, []);
  const names = props.value.split(" ").filter(Boolean);
  const chosen = props.choices.filter((choice) => names.includes(choice.name));
  const wanted = foldedText(query).split(" ").filter(Boolean);
  const found = props.choices.filter((choice) => {
    const text = foldedText(`${props.labelOf(choice)} ${choice.name}`);
    return wanted.every((word) => text.includes(word));
  });
  const shown = found.slice(0, SHOWN);
  const options = [...chosen.filter((choice) => !shown.includes(choice)), ...shown];
  return (
    <div class="search">
      <input
        class="input"
        type="search"
        {...attributes(props)}
        aria-label={t("search")}
        placeholder={t("search")}
        autocomplete="off"
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault();
        }}
      />
      <p class="quiet" role="status">
        {foundText(found.length, shown.length)}
      </p>
      <OptionList {...props} options={options.slice(0, room + chosen.length)} />
    </div>
  );
}

function foundText(found: number, shown: number): string {
  if (!found) return t("foundNone");
  return found > shown ? t("foundMany", { n: found, shown }) : t("found", { n: found });
}
