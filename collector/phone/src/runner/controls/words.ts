/** The sentences of photos and recordings, Vietnamese first, then English (text/catalogue.ts has the rules). */

import type { Sentence } from "../../text/say.ts";
import { speaker } from "../../text/i18n.ts";

export const WORDS = {
  takePhoto: ["Chụp hoặc chọn ảnh", "Take or choose a photo"],
  photoAgain: ["Chụp lại", "Take it again"],
  photoTaken: ["Ảnh đã chụp", "The photo that was taken"],
  photoFailed: ["Không đọc được ảnh này. Hãy chụp lại hoặc chọn ảnh khác.", "This photo cannot be read. Take it again or choose another."],
  record: ["Ghi âm", "Record"],
  recordOrChoose: ["Ghi âm hoặc chọn tệp", "Record or choose a file"],
  chooseSound: ["Chọn tệp âm thanh", "Choose a sound file"],
  recordingNow: ["Đang ghi âm", "Recording"],
  stopRecording: ["Dừng và giữ", "Stop and keep"],
  micRefused: [
    "Máy chưa cho ứng dụng dùng micrô. Hãy mở cài đặt của trình duyệt cho trang này, cho phép micrô rồi ghi lại; hoặc chọn một tệp âm thanh. Các câu khác vẫn làm tiếp được.",
    "The app may not use the microphone. Allow it in the browser's settings for this page and record again, or choose a sound file. You can go on with the other questions.",
  ],
  micFailed: [
    "Không dùng được micrô: máy không có, hoặc ứng dụng khác đang dùng. Hãy tắt ứng dụng kia rồi ghi lại; hoặc chọn một tệp âm thanh. Các câu khác vẫn làm tiếp được.",
    "The microphone cannot be used: there is none, or another app has it. Close that app and record again, or choose a sound file. You can go on with the other questions.",
  ],
  fileFull: [
    "Bộ nhớ của điện thoại đã đầy nên chưa giữ được tệp này; các câu trả lời trước vẫn còn. Đừng đóng ứng dụng: hãy xoá bớt ảnh hoặc video trong máy, rồi bấm Thử lại.",
    "The phone's storage is full, so this file is not kept yet; the answers before it are. Do not close the app: delete some photos or videos, then press Try again.",
  ],
  recordAgain: ["Ghi lại", "Record again"],
  recordingTaken: ["Đoạn ghi âm", "The recording"],
  recordingFailed: [
    "Không dùng được tệp này: cần một tệp âm thanh dưới 8 MB. Hãy ghi lại ngắn hơn.",
    "This file cannot be used: a sound file below 8 MB is needed. Record a shorter one.",
  ],
  fileKept: ["Tệp {name} đã gửi trước đây.", "The file {name} was sent before."],
  working: ["Đang xử lý…", "Working…"],
} as const satisfies Record<string, Sentence>;

export type Word = keyof typeof WORDS;
export const say = speaker(WORDS);
