/** Tells every tab, and this one, that something in the database changed. */

const CHANNEL = "so-thon";
const listeners = new Set<() => void>();
const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(CHANNEL);

if (channel) channel.onmessage = () => tell();

function tell(): void {
  for (const listener of listeners) listener();
}

export function announce(): void {
  channel?.postMessage("changed");
  tell();
}

/** Returns the way to stop listening. */
export function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
