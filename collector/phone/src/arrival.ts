/** Somebody who has signed in and has no PIN on this phone yet: in memory only, until one is chosen. */

import { announce } from "./store/changes.ts";
import type { Session } from "./store/types.ts";

export interface Arrival {
  readonly session: Session;
  /** The account's key, 32 bytes in base64. */
  readonly key: string;
  /** Whether the phone was in use without a PIN: an older version of the app, or a change of PIN. */
  readonly known: boolean;
}

let arrived: Arrival | undefined;

export function arrival(): Arrival | undefined {
  return arrived;
}

export function wait(next: Arrival | undefined): void {
  arrived = next;
  announce();
}
