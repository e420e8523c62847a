/** What both sides of the lock show. */

import type { ComponentChildren, JSX } from "preact";
import type { Language } from "../text/say.ts";
import { t } from "../text/i18n.ts";
import { Icon } from "./icons.tsx";

type IconName = Parameters<typeof Icon>[0]["name"];

interface BannerProps {
  readonly tone: "info" | "warn" | "bad" | "good" | "demo";
  readonly icon?: IconName;
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A strip that says something about the whole screen. */
export function Banner({ tone, icon, action, children }: BannerProps): JSX.Element {
  return (
    <div class={`banner ${tone}`} role={tone === "bad" ? "alert" : "status"}>
      {icon && <Icon name={icon} />}
      <div class="grow">{children}</div>
      {action}
    </div>
  );
}

/** Something is being read from the phone or fetched. */
export function Waiting({ text }: { readonly text?: string }): JSX.Element {
  return <p class="quiet centre" role="status">{text ?? t("loading")}</p>;
}

/** The language that the app speaks, and how it is changed. */
export interface Speech {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
}

export function LanguageChoice({ language, setLanguage }: Speech): JSX.Element {
  return (
    <div class="switch" role="group" aria-label={t("language")}>
      {(["vi", "en"] as const).map((code) => (
        <button key={code} type="button" lang={code} aria-pressed={code === language} onClick={() => setLanguage(code)}>
          {code === "vi" ? "Tiếng Việt" : "English"}
        </button>
      ))}
    </div>
  );
}
