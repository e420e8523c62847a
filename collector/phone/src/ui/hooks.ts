/** What several screens need of the machine: stored things, the network, the app's own context. */

import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { onChange } from "../store/changes.ts";
import type { Session } from "../store/database.ts";
import type { Language } from "../text/say.ts";

export interface AppContext {
  readonly session: Session;
  readonly language: Language;
  setLanguage(language: Language): void;
  /** The language of the labels, where one was chosen that the app itself does not speak. */
  readonly formLanguage: string | undefined;
  setFormLanguage(code: string): void;
}

export const App = createContext<AppContext | undefined>(undefined);

export function useApp(): AppContext {
  const app = useContext(App);
  if (!app) throw new Error("useApp stands outside of the app");
  return app;
}

type Same<T> = (before: T, found: T) => boolean;

/** For small results that most changes leave as they are: nothing is drawn again for them. */
export const sameText: Same<unknown> = (before, found) => JSON.stringify(before) === JSON.stringify(found);

/** The result of reading the database, read again whenever any tab changes it. */
export function useStored<T>(read: () => Promise<T>, key: unknown = "", same?: Same<T>): T | undefined {
  const [value, setValue] = useState<T>();
  useEffect(() => {
    let alive = true;
    let changes = 0;
    const show = (found: T): void => {
      if (alive) setValue((before) => (before !== undefined && same?.(before, found) ? before : found));
    };
    // One reading at a time: an older one never ends after a newer, and many changes are read once.
    const load = (): void => void (changes++ || follow());
    async function follow(): Promise<void> {
      try {
        for (let known = 0; alive && known < changes; ) {
          known = changes;
          show(await read());
        }
      } finally {
        changes = 0;
      }
    }
    load();
    const stop = onChange(load);
    return () => {
      alive = false;
      stop();
    };
  }, [key]);
  return value;
}

export function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = (): void => setOnline(navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return online;
}

let lastWasKey = false;
addEventListener("keydown", () => (lastWasKey = true), true);
addEventListener("pointerdown", () => (lastWasKey = false), true);

/** Whether the person works with the keyboard at the moment: then the focus moves to the next input. */
export function byKeys(): boolean {
  return lastWasKey;
}

const TWICE_MS = 400;
let tapped: { readonly on: unknown; readonly at: number } | undefined;

/** Whether a tap follows another on the same key at once: an unsteady thumb meant one. */
export function isSecondTap({ currentTarget: on, timeStamp: at, detail, pointerType }: MouseEvent & { readonly pointerType?: string }): boolean {
  const soon = tapped?.on === on && at - tapped.at < TWICE_MS;
  tapped = { on, at };
  return soon && (detail > 1 || pointerType === "touch");
}
