/** A photo or a recording: taken or chosen, made smaller on the phone, kept before it is answered. */

import type { JSX, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Inst } from "../../engine/instance.ts";
import { draftSettled } from "../../store/drafts.ts";
import { bytesOf, dropFile, findFile, keepFile } from "../../store/files.ts";
import { isFull, reasonOf } from "../../store/trouble.ts";
import { t } from "../../text/i18n.ts";
import { useApp } from "../../ui/hooks.ts";
import { Icon } from "../../ui/icons.tsx";
import { appears, type ControlProps } from "./control.ts";
import { RecordingSince, useRecorder, type Recorder } from "./recorder.tsx";
import { canRecord, type KeepSound } from "./sound.ts";
import { say } from "./words.ts";

const MOST_BYTES = 8 * 1024 * 1024;
/** The longer side of a photo where the sheet says nothing. */
const PIXELS = 1600;
const QUALITY = 0.8;
const RECORDINGS: Readonly<Record<string, string>> = {
  "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/x-m4a": "m4a", "audio/aac": "aac", "audio/ogg": "ogg",
  "audio/webm": "webm", "audio/wav": "wav", "audio/x-wav": "wav", "audio/3gpp": "3gp", "audio/amr": "amr",
};

interface Made {
  readonly bytes: ArrayBuffer;
  readonly type: string;
  readonly filename: string;
}

/** What a question with a file is at: nothing, taking one in, or stopped by something. */
interface Taking {
  readonly busy?: boolean;
  readonly fault?: string;
  /** What the disk did not take: it is tried again without being made again. */
  readonly unkept?: Made;
}

export function Upload(props: ControlProps): JSX.Element {
  const { inst, value } = props;
  const { session } = useApp();
  const [taking, setTaking] = useState<Taking>({});
  const id = draftOf(inst);
  const photo = inst.def.type === "image";

  /** On the disk first, then the answer; the one before goes when nothing names it any more. */
  const keep = async (made: Made): Promise<boolean> => {
    const before = inst.raw;
    try {
      await keepFile(session.user.username, id, made.filename, made.type, made.bytes);
    } catch (error) {
      const why = reasonOf(error);
      setTaking({ fault: isFull(why) ? say("fileFull") : t("notSaved", { reason: why }), unkept: made });
      return false;
    }
    if (before !== made.filename) props.onAnswer(made.filename);
    props.onDone();
    setTaking({});
    return forget(before, made.filename);
  };
  const forget = async (before: string, now: string): Promise<boolean> => {
    const settled = await draftSettled(id);
    if (settled && before && before !== now && inst.raw !== before) await dropFile(id, before);
    return settled;
  };
  const remove = (): void => {
    props.onAnswer("");
    props.onDone();
    setTaking({});
    void forget(value, "");
  };
  const take = async (file: File): Promise<void> => {
    setTaking({ busy: true });
    try {
      await keep(photo ? await smaller(file, Number(inst.def.parameters?.["max-pixels"] ?? PIXELS)) : await recording(file, newName()));
    } catch {
      setTaking({ fault: say(photo ? "photoFailed" : "recordingFailed") });
    }
  };
  /** Every piece of a recording is kept under its one name. */
  const keepSound = (): KeepSound => {
    const name = newName();
    setTaking({});
    return async (sound) => {
      try {
        return await keep(await recording(sound, name));
      } catch {
        setTaking({ fault: say("recordingFailed") });
        return true; // nothing of it can be kept
      }
    };
  };
  const recorder = useRecorder(MOST_BYTES, keepSound, (why) => setTaking({ fault: say(why) }));
  return (
    <div class="upload">
      {value && recorder.since === undefined && <Preview key={value} id={id} filename={value} photo={photo} />}
      {recorder.since !== undefined && <RecordingSince since={recorder.since} />}
      <div class="buttons">
        <Ways {...props} photo={photo} draft={id} busy={taking.busy === true} recorder={recorder} onFile={(file) => void take(file)} />
        {value && !props.readonly && recorder.since === undefined && (
          <button type="button" class="button plain" onClick={remove}>
            <Icon name="trash" />
            {t("delete")}
          </button>
        )}
      </div>
      {taking.fault && (
        <p class="fault" role="alert">
          <Icon name="alert" />
          <span>{taking.fault}</span>
        </p>
      )}
      {taking.unkept && (
        <button type="button" class="button" onClick={() => void keep(taking.unkept!)}>
          {t("tryAgain")}
        </button>
      )}
    </div>
  );
}

interface WaysProps extends ControlProps {
  readonly photo: boolean;
  readonly draft: string;
  readonly busy: boolean;
  readonly recorder: Recorder;
  readonly onFile: (file: File) => void;
}

/** A photo comes from the camera or the gallery; a recording from the microphone here, or a file. */
function Ways(props: WaysProps): JSX.Element {
  const { value, photo, busy, recorder } = props;
  const picker = useRef<HTMLInputElement>(null);
  const here = !photo && canRecord();
  const sound = recorder.since !== undefined ? "stopRecording" : value ? "recordAgain" : here ? "record" : "recordOrChoose";
  const main = busy ? "working" : photo ? (value ? "photoAgain" : "takePhoto") : sound;
  // Android may end the app while the camera is open: what was answered is on the disk before.
  const choose = async (): Promise<void> => {
    await draftSettled(props.draft);
    picker.current?.click();
  };
  const press = (): void => {
    if (!here) void choose();
    else if (recorder.since === undefined) recorder.begin();
    else recorder.end();
  };
  return (
    <>
      <Picker {...props} picker={picker} />
      <button
        type="button"
        id={props.id}
        class={recorder.since === undefined ? "button" : "button primary"}
        disabled={props.readonly || busy}
        aria-labelledby={`${props.labelId} ${props.id}`}
        aria-describedby={props.describedBy}
        onClick={press}
      >
        {say(main)}
      </button>
      {here && !value && recorder.since === undefined && !props.readonly && (
        <button type="button" class="button plain" disabled={busy} onClick={() => void choose()}>
          {say("chooseSound")}
        </button>
      )}
    </>
  );
}

/** The phone's own way to a file; the keys beside it open it. */
function Picker({ inst, photo, picker, onFile }: WaysProps & { readonly picker: RefObject<HTMLInputElement | null> }): JSX.Element {
  return (
    <input
      ref={picker}
      class="unseen"
      type="file"
      tabIndex={-1}
      aria-hidden="true"
      accept={photo ? "image/*" : "audio/*"}
      capture={appears(inst, "new-front") ? "user" : appears(inst, "new") ? "environment" : undefined}
      onChange={(event) => {
        const file = event.currentTarget.files?.[0];
        event.currentTarget.value = "";
        if (file) onFile(file);
      }}
    />
  );
}

/** What was taken, from the disk; a file that lies on the server only is named. */
function Preview({ id, filename, photo }: { readonly id: string; readonly filename: string; readonly photo: boolean }): JSX.Element {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let gone = false;
    void findFile(id, filename).then(async (file) => {
      if (!file || gone) return;
      const bytes = await bytesOf(file);
      if (!gone) setUrl((made = URL.createObjectURL(new Blob([bytes], { type: file.type }))));
    });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [filename]);
  if (!url) return <p class="quiet">{say("fileKept", { name: filename })}</p>;
  return photo ? <img class="taken" src={url} alt={say("photoTaken")} /> : <audio controls src={url} aria-label={say("recordingTaken")} />;
}

/** The id of the interview that a question belongs to. */
function draftOf(inst: Inst): string {
  let root = inst;
  while (root.parent) root = root.parent;
  return (root.all("meta")[0]?.all("instanceID")[0]?.raw ?? "").replace(/^uuid:/, "");
}

/** A photo as JPEG, upright, its longer side at most `pixels`. */
async function smaller(file: File, pixels: number): Promise<Made> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, pixels / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob || blob.size > MOST_BYTES) throw new Error("no picture");
  return { bytes: await blob.arrayBuffer(), type: "image/jpeg", filename: `${newName()}.jpg` };
}

async function recording(file: Blob, name: string): Promise<Made> {
  const type = file.type.split(";", 1)[0] ?? "";
  const ending = RECORDINGS[type];
  if (!ending || file.size > MOST_BYTES || !file.size) throw new Error("no recording");
  const filename = `${name}.${ending}`;
  return { bytes: await file.arrayBuffer(), type: type.replace("x-m4a", "mp4").replace("x-wav", "wav"), filename };
}

const newName = (): string => String(Date.now());
