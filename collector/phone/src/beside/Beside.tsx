/** The sound and the picture beside a label, from what the phone keeps. */

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { fileBeside } from "../engine/beside.ts";
import type { Beside as Files, Model } from "../engine/model.ts";
import { onChange } from "../store/changes.ts";
import { database, type StoredForm } from "../store/database.ts";
import { useStored } from "../ui/hooks.ts";
import { missing } from "./bring.ts";
import { say } from "./words.ts";

export interface BesideProps {
  readonly model: Model;
  readonly files: Files;
  readonly language: string;
  /** What they stand beside, in words. */
  readonly label: string;
  readonly of: "question" | "part" | "choice";
  /** One of the two alone: a choice's picture belongs into its target, its sound beside it. */
  readonly only?: keyof Files;
}

export function Beside(props: BesideProps): JSX.Element {
  const { model, files, language, only } = props;
  const sound = only === "image" ? undefined : fileBeside(model, files, "audio", language);
  const picture = only === "audio" ? undefined : fileBeside(model, files, "image", language);
  return (
    <>
      {sound && <Sound {...props} key={`${sound} ${language}`} digest={sound} />}
      {picture && <Picture {...props} key={picture} digest={picture} />}
    </>
  );
}

/** The address of a kept file; undefined while the disk is read, "" while the file is not there. */
function useFile(digest: string): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let made = "";
    let gone = false;
    const look = async (): Promise<void> => {
      const blob = (await (await database()).get("media", digest))?.blob;
      if (gone || made) return;
      if (blob) made = URL.createObjectURL(blob);
      setUrl(made);
    };
    const stop = onChange(() => void look());
    void look();
    return () => {
      gone = true;
      stop();
      if (made) URL.revokeObjectURL(made);
    };
  }, []);
  return url;
}

interface FileProps extends BesideProps {
  readonly digest: string;
}

/** The one that plays: a second falls in with nobody. */
let playing: HTMLAudioElement | undefined;

/** A key that plays and stops. Another sound or language makes it anew; browsers silence what leaves the page. */
function Sound({ digest, label, of }: FileProps): JSX.Element | null {
  const url = useFile(digest);
  const audio = useRef<HTMLAudioElement>(null);
  const [state, setState] = useState<"still" | "playing" | "failed">("still");
  if (url === undefined) return null;
  if (!url || state === "failed") return <Missing text={say(url ? "soundFailed" : "soundComing")} />;

  const press = (): void => {
    const element = audio.current!;
    if (!element.paused) return element.pause();
    playing?.pause();
    playing = element;
    element.currentTime = 0;
    // Stopped before it began is no failure.
    element.play().catch((error: DOMException) => error.name === "AbortError" || setState("failed"));
  };
  const brief = of === "choice";
  const name = nameOf(of, state === "playing", label);
  return (
    <div class={brief ? "listen brief" : "listen"}>
      <audio
        ref={audio}
        src={url}
        preload="auto"
        onPlaying={() => setState("playing")}
        onPause={() => setState("still")}
        onEnded={() => setState("still")}
        onError={() => setState("failed")}
      />
      <button type="button" class={brief ? "button icon-only" : "button"} aria-label={brief ? name : undefined} onClick={press}>
        <Sign stop={state === "playing"} />
        {!brief && <span>{name}</span>}
      </button>
    </div>
  );
}

function nameOf(of: BesideProps["of"], stop: boolean, label: string): string {
  if (of === "choice") return say(stop ? "stopChoice" : "listenChoice", { label });
  return say(stop ? "stop" : of === "question" ? "listenQuestion" : "listenPart");
}

function Sign({ stop }: { readonly stop: boolean }): JSX.Element {
  const path = stop ? "M7 7h10v10H7z" : "M4 9.500h3.500L12 5.500v13l-4.500-4H4zM15.500 9c1.700 1.700 1.700 4.300 0 6M18 6.500c3 3 3 8 0 11";
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={path} fill={stop ? "currentColor" : "none"} stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}

/** A choice's picture says nothing that its label does not say. */
function Picture({ digest, label, of }: FileProps): JSX.Element | null {
  const url = useFile(digest);
  const [failed, setFailed] = useState(false);
  if (url === undefined) return null;
  if (!url || failed) return <Missing text={say(url ? "pictureFailed" : "pictureComing")} />;
  return <img class="beside" src={url} alt={of === "choice" ? "" : say("picture", { label })} onError={() => setFailed(true)} />;
}

function Missing({ text }: { readonly text: string }): JSX.Element {
  return (
    <span class="quiet block" role="status">
      {text}
    </span>
  );
}

/** How many sounds and pictures of a form are still on their way. */
export function Coming({ form }: { readonly form: StoredForm }): JSX.Element | null {
  const count = useStored(async () => (await missing([form])).length, form.key);
  return count ? (
    <p class="quiet coming" role="status">
      {say("coming", { n: count })}
    </p>
  ) : null;
}
