/** The sentences beside sounds and pictures, Vietnamese first, then English. */

import type { Sentence } from "../text/say.ts";
import { speaker } from "../text/i18n.ts";

export const WORDS = {
  listenQuestion: ["Nghe câu hỏi", "Listen to the question"],
  listenPart: ["Nghe đoạn này", "Listen to this part"],
  listenChoice: ["Nghe: {label}", "Listen: {label}"],
  stop: ["Dừng", "Stop"],
  stopChoice: ["Dừng: {label}", "Stop: {label}"],
  soundComing: ["Âm thanh chưa tải về máy; vẫn hỏi và ghi được.", "The sound is not on the phone yet; you can ask and answer all the same."],
  soundFailed: ["Máy này không phát được âm thanh này.", "This phone cannot play this sound."],
  picture: ["Hình: {label}", "Picture: {label}"],
  pictureComing: ["Hình chưa tải về máy; vẫn hỏi và ghi được.", "The picture is not on the phone yet; you can ask and answer all the same."],
  pictureFailed: ["Máy này không hiện được hình này.", "This phone cannot show this picture."],
  coming: [
    "Còn {n} tệp âm thanh, hình ảnh chưa tải về máy; phiếu vẫn dùng được.",
    "{n} sound or picture is still to come; the form can be used.|{n} sounds or pictures are still to come; the form can be used.",
  ],
} as const satisfies Record<string, Sentence>;

export const say = speaker(WORDS);
