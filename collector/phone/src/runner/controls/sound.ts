/** A recording with the phone's own microphone. What was said is on the disk before anything ends it. */

import { beforeLock } from "../../store/vault.ts";

/** Puts a recording on the disk, and says whether it is there. */
export type KeepSound = (sound: Blob) => Promise<boolean>;

/** The first that the browser writes: small, and played by every officer's browser. */
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const BITS_PER_SECOND = 32_000; // speech, clearly: 240 KB a minute
const PIECE_MS = 1000;

export function canRecord(): boolean {
  return typeof MediaRecorder === "function" && navigator.mediaDevices?.getUserMedia !== undefined;
}

const running = new Set<Recording>();
beforeLock(async () => (await Promise.all([...running].map((one) => one.end()))).every(Boolean));

/** Ask for the microphone and begin. Throws a DOMException: NotAllowedError where it may not be used. */
export async function beginRecording(mostBytes: number, keep: KeepSound): Promise<Recording> {
  return new Recording(await navigator.mediaDevices.getUserMedia({ audio: true }), mostBytes, keep);
}

export class Recording {
  readonly since = Date.now();
  private readonly recorder: MediaRecorder;
  private readonly keep: KeepSound;
  private readonly pieces: Blob[] = [];
  private readonly whole: Promise<boolean>;
  private readonly awake = navigator.wakeLock?.request("screen").catch(() => undefined);

  constructor(stream: MediaStream, mostBytes: number, keep: KeepSound) {
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    this.keep = keep;
    this.recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: BITS_PER_SECOND });
    this.recorder.ondataavailable = ({ data }) => {
      this.pieces.push(data);
      if (this.sound().size > mostBytes - BITS_PER_SECOND / 2) void this.end(); // some seconds short of it
    };
    this.whole = new Promise((done) => {
      this.recorder.onstop = () => {
        for (const track of stream.getTracks()) track.stop();
        void this.awake?.then((lock) => lock?.release());
        running.delete(this);
        done(keep(this.sound()));
      };
    });
    running.add(this);
    this.recorder.start(PIECE_MS);
  }

  /** Stop; resolves when the whole is on the disk, false where it could not be put there. */
  end(): Promise<boolean> {
    if (this.recorder.state !== "inactive") this.recorder.stop();
    return this.whole;
  }

  /** Put on the disk what there is so far: the phone may end the app while it is out of sight. */
  async soFar(): Promise<void> {
    if (this.pieces.length) await this.keep(this.sound());
  }

  get ended(): boolean {
    return this.recorder.state === "inactive";
  }

  private sound(): Blob {
    return new Blob(this.pieces, { type: this.recorder.mimeType });
  }
}
