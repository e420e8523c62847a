/** A photo or a recording: taken or chosen, made smaller on the phone, kept before it is answered. */

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Inst } from "../../engine/instance.ts";
import { draftSettled } from "../../store/drafts.ts";
import { bytesOf, findFile, keepFile } from "../../store/files.ts";
import { isFull, reasonOf } from "../../store/trouble.ts";
import { t } from "../../text/i18n.ts";
import { useApp } from "../../ui/hooks.ts";
import { Icon } from "../../ui/icons.tsx";
import { appears, type ControlProps } from "./control.ts";

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
  readonly ending: string;
}

export function Upload(props: ControlProps): JSX.Element {
  const { inst, value } = props;
  const { session } = useApp();
  const picker = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<"busy" | string | undefined>();
  const id = draftOf(inst);
  const photo = inst.def.type === "image";

  const take = async (file: File): Promise<void> => {
    setState("busy");
    try {
      const made = photo ? await smaller(file, Number(inst.def.parameters?.["max-pixels"] ?? PIXELS)) : await recording(file);
      const filename = `${Date.now()}.${made.ending}`;
      await keepFile(session.user.username, id, filename, made.type, made.bytes);
      props.onAnswer(filename);
      props.onDone();
      setState(undefined);
    } catch (error) {
      setState(isFull(reasonOf(error)) ? t("full") : t(photo ? "photoFailed" : "recordingFailed"));
    }
  };
  // Android may end the app while the camera is open: what was answered is on the disk before.
  const open = async (): Promise<void> => {
    await draftSettled(id);
    picker.current?.click();
  };
  return (
    <div class="upload">
      {value && <Preview key={value} id={id} filename={value} photo={photo} />}
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
          if (file) void take(file);
        }}
      />
      <div class="buttons">
        <button
          type="button"
          id={props.id}
          class="button"
          disabled={props.readonly || state === "busy"}
          aria-labelledby={`${props.labelId} ${props.id}`}
          aria-describedby={props.describedBy}
          onClick={() => void open()}
        >
          {t(state === "busy" ? "working" : value ? (photo ? "photoAgain" : "recordAgain") : photo ? "takePhoto" : "record")}
        </button>
        {value && !props.readonly && (
          <button type="button" class="button plain" onClick={() => (props.onAnswer(""), props.onDone())}>
            <Icon name="trash" />
            {t("delete")}
          </button>
        )}
      </div>
      {state && state !== "busy" && (
        <p class="fault" role="alert">
          <Icon name="alert" />
          <span>{state}</span>
        </p>
      )}
    </div>
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
  if (!url) return <p class="quiet">{t("fileKept", { name: filename })}</p>;
  return photo ? <img class="taken" src={url} alt={t("photoTaken")} /> : <audio controls src={url} aria-label={t("recordingTaken")} />;
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
  return { bytes: await blob.arrayBuffer(), type: "image/jpeg", ending: "jpg" };
}

async function recording(file: File): Promise<Made> {
  const type = file.type.split(";", 1)[0] ?? "";
  const ending = RECORDINGS[type];
  if (!ending || file.size > MOST_BYTES || !file.size) throw new Error("no recording");
  return { bytes: await file.arrayBuffer(), type: type.replace("x-m4a", "mp4").replace("x-wav", "wav"), ending };
}
