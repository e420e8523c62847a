/**
 * One window at a time has a draft. A Web Lock says which; a window that wants it asks, the other
 * puts its answers on disk and lets go. A window that does not answer (Android froze it) loses it.
 */

import { lockOf } from "../store/drafts.ts";

export interface Hold {
  /** Ask for the draft that another window has. */
  take(): void;
  end(): void;
}

interface Message {
  readonly id: string;
  readonly say: "give" | "here";
}

const ANSWER_MS = 1500;

/** Hold a draft as soon as it is free. `told` hears whether this window has it; `settled` resolves
 * when its answers are on disk, false where they cannot be put there. */
export function holdDraft(id: string, told: (held: boolean) => void, settled: () => Promise<boolean>): Hold {
  const channel = new BroadcastChannel("so-thon-hold");
  let asking = new AbortController();
  let release: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  const hold = (): Promise<void> | undefined => {
    if (ended) return undefined;
    clearTimeout(timer);
    told(true);
    return new Promise((resolve) => (release = resolve));
  };

  function request(steal: boolean): void {
    asking.abort();
    const mine = (asking = new AbortController());
    const lost = (): void => {
      if (ended || mine !== asking) return;
      release = undefined;
      told(false);
      request(false); // next in the line
    };
    void navigator.locks.request(lockOf(id), steal ? { steal } : { signal: mine.signal }, hold).then(lost, lost);
  }

  const say = (what: Message["say"]): void => channel.postMessage({ id, say: what } satisfies Message);

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.id !== id) return;
    if (data.say === "here") clearTimeout(timer);
    else if (release) {
      say("here");
      void settled().then((kept) => kept && release?.());
    }
  };

  request(false);
  return {
    take() {
      say("give");
      clearTimeout(timer);
      timer = setTimeout(() => request(true), ANSWER_MS);
    },
    end() {
      ended = true;
      clearTimeout(timer);
      asking.abort();
      channel.close();
      release?.();
    },
  };
}
