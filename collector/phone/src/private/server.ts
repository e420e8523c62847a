/** The two calls of the private page. No cookie, no cache, no referrer. */

import type { Model } from "../engine/model.ts";
import type { Language } from "./words.ts";

export interface Opened {
  readonly model: Model;
  readonly experience: boolean;
  readonly key: string;
  readonly size: number;
  readonly hotlines: readonly { readonly number: string; readonly name: Readonly<Record<Language, string>> }[];
  readonly checked_on: string;
}

/** What the server said: its status (0 where nobody answered) and its reply. */
export interface Said<T> {
  readonly status: number;
  readonly reply: T | undefined;
}

export async function call<T>(path: string, body: object): Promise<Said<T>> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    const reply = (await response.json()) as T; // what is no JSON is a network's own page, and nobody's answer
    return { status: response.status, reply: response.ok ? reply : undefined };
  } catch {
    return { status: 0, reply: undefined };
  }
}
