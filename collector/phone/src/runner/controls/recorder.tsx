/** The keys of a recording: begin, see that it runs and for how long, stop. */

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { beginRecording, type KeepSound, type Recording } from "./sound.ts";
import { say, type Word } from "./words.ts";

export interface Recorder {
  /** When it began, milliseconds since 1970; undefined: nothing is being recorded. */
  readonly since: number | undefined;
  readonly begin: () => void;
  readonly end: () => void;
}

/** One recording at a time; leaving the screen ends it and keeps it. */
export function useRecorder(mostBytes: number, keepNew: () => KeepSound, failed: (why: Word) => void): Recorder {
  const recording = useRef<Recording>(undefined);
  const [since, setSince] = useState<number>();
  const gone = useRef(false);
  useEffect(() => {
    const flush = (): void => void (document.visibilityState === "hidden" && recording.current?.soFar());
    document.addEventListener("visibilitychange", flush);
    return () => {
      gone.current = true;
      document.removeEventListener("visibilitychange", flush);
      void recording.current?.end();
    };
  }, []);

  const begin = async (): Promise<void> => {
    const keep = keepNew();
    const kept: KeepSound = (sound) => {
      if (recording.current?.ended) setSince(undefined);
      return keep(sound);
    };
    try {
      const made = await beginRecording(mostBytes, kept);
      recording.current = made;
      setSince(made.since);
      if (gone.current) void made.end(); // the screen was left while the phone asked
    } catch (error) {
      failed(error instanceof DOMException && error.name === "NotAllowedError" ? "micRefused" : "micFailed");
    }
  };
  return { since, begin: () => void begin(), end: () => void recording.current?.end() };
}

const TICK_MS = 500;

/** That it runs, in words and with a mark, and for how long. */
export function RecordingSince({ since }: { readonly since: number }): JSX.Element {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [since]);
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return (
    <p class="recording">
      <span class="dot" aria-hidden="true" />
      <span role="status">{say("recordingNow")}</span>
      <span role="timer">{`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`}</span>
    </p>
  );
}
