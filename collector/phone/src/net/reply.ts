/** Whose reply it is that came, and whether it ends this phone's sign-in. Pure. */

/** A reply as it came, or the reason why none came. */
export type Reply =
  | { readonly kind: "reply"; readonly status: number; readonly body: Record<string, unknown>; readonly tag?: string }
  | { readonly kind: "none"; readonly why: "network" | "timeout" | "not-ours" };

const PORTAL = 511; // "network authentication required"

/**
 * Whose reply it is. A page is a network's sign-in, or a proxy before the service: of a proxy we
 * believe that the service is down, or that the interview is too large. A refusal of the service
 * says its `code`; one without is somebody else's.
 */
export function replyOf(status: number, body: unknown): Reply {
  const down = status >= 500 && status !== PORTAL;
  if (typeof body !== "object" || body === null) {
    return down || status === 413 ? { kind: "reply", status, body: {} } : { kind: "none", why: "not-ours" };
  }
  if (!down && status >= 400 && !("code" in body)) return { kind: "none", why: "not-ours" };
  return { kind: "reply", status, body: body as Record<string, unknown> };
}

/** The officer has given this phone up for lost: everything on it is to go. */
export function isRevoked(reply: Reply): boolean {
  return reply.kind === "reply" && reply.status === 401 && reply.body["code"] === "device-revoked";
}
