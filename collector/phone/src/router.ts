/** Addresses of the app, kept in the part after `#`, so that the phone's back key works. */

import { useEffect, useState } from "preact/hooks";

export type Route =
  | { readonly name: "home" }
  | { readonly name: "sent" }
  | { readonly name: "settings" }
  /** A code from an officer, perhaps as the phone's own camera read it. */
  | { readonly name: "enrol"; readonly code: string }
  /** The list of households (""), one of them (`village/code`), or adding one ("add"). */
  | { readonly name: "work"; readonly id: string }
  /** A returned interview, by the id that the server knows: a page of the service leads here. */
  | { readonly name: "correct"; readonly id: string }
  | { readonly name: "fill"; readonly id: string; readonly place: string };

/** What each entry of the history remembers: how deep it lies, and which place led to it. */
interface State {
  readonly depth: number;
  readonly from: string;
}

const listeners = new Set<() => void>();

export function parseRoute(hash: string): Route {
  const [, name = "", id = "", place = ""] = hash.split("/");
  if (name === "enrol") return { name, code: decodeURIComponent(id) };
  if (name === "correct" && id) return { name, id: decodeURIComponent(id) };
  if (name === "work") return { name, id: decodeURIComponent(id) };
  if (name === "fill" && id) return { name, id, place: decodeURIComponent(place) };
  return name === "sent" || name === "settings" ? { name } : { name: "home" };
}

export function addressOf(route: Route): string {
  if (route.name === "home") return "#/";
  if (route.name === "enrol") return `#/enrol/${encodeURIComponent(route.code)}`;
  if (route.name === "correct" || route.name === "work") return `#/${route.name}/${encodeURIComponent(route.id)}`;
  return route.name === "fill" ? `#/fill/${route.id}/${encodeURIComponent(route.place)}` : `#/${route.name}`;
}

const state = (): State => (history.state as State | null) ?? { depth: 0, from: "" };

/** Go to a screen; `replace` where going back should not come here again. */
export function go(route: Route, replace = false): void {
  const address = addressOf(route);
  const { depth, from } = state();
  if (replace) history.replaceState({ depth, from } satisfies State, "", address);
  else history.pushState({ depth: depth + 1, from: location.hash } satisfies State, "", address);
  tell();
}

/** Go back to a screen: a true step back where the history has it there, else a replacement. */
export function goBackTo(route: Route): void {
  if (state().depth > 0 && state().from === addressOf(route)) history.back();
  else go(route, true);
}

/** Leave everything behind: back to where the app was entered, then to `route`. */
export function leaveTo(route: Route): void {
  const depth = Math.min(state().depth, history.length - 1);
  if (depth <= 0) return go(route, true);
  const arrive = (): void => {
    clearTimeout(timer);
    go(route, true);
  };
  addEventListener("popstate", arrive, { once: true });
  // Browsers keep some fifty entries: after a long interview the way back may not reach the start. Where it
  // only takes longer, on a busy phone, it ends at the start, and `route` is shown once more.
  const timer = setTimeout(arrive, 300);
  setTimeout(() => removeEventListener("popstate", arrive), 5000);
  history.go(-depth);
}

function tell(): void {
  for (const listener of listeners) listener();
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const look = (): void => setRoute(parseRoute(location.hash));
    listeners.add(look);
    addEventListener("popstate", look);
    addEventListener("hashchange", look);
    return () => {
      listeners.delete(look);
      removeEventListener("popstate", look);
      removeEventListener("hashchange", look);
    };
  }, []);
  return route;
}
