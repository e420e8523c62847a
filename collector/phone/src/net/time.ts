/** The phone's clock and the service's. Pure. */

/** The service's time and the phone's at one moment, milliseconds since 1970. */
export interface Clock {
  readonly server: number;
  readonly phone: number;
}

const TOLERANCE_MS = 10 * 60_000; // a reply may be long on its way; dates are what matters

/** Wrong when they last met, or since set to a time before that meeting. */
export function clockIsWrong({ server, phone }: Clock, now: number): boolean {
  return Math.abs(phone - server) > TOLERANCE_MS || now < server - TOLERANCE_MS;
}
