/** What the app says before it is unlocked; the rest comes with what stands behind the lock. */

import type { Sentence } from "./say.ts";

export const DOOR = {
  app: ["Sổ Thôn", "Sổ Thôn"],
  loading: ["Đang mở…", "Opening…"],
  back: ["Quay lại", "Back"],
  tryAgain: ["Thử lại", "Try again"],
  notFetched: [
    "Phần này chưa tải về máy. Hãy nối mạng một lần rồi thử lại; phiếu trên máy vẫn còn nguyên.",
    "This part is not on the phone yet. Connect to a network once, then try again; everything on this phone is kept.",
  ],
  pin: ["Mã PIN", "PIN"],
  pinErase: ["Xoá một số", "Erase a digit"],
  pinShort: ["Mã PIN có từ 4 đến 8 chữ số.", "A PIN has 4 to 8 digits."],
  pinWrong: ["Mã PIN không đúng. Hãy nhập lại.", "The PIN is wrong. Enter it again."],
  pinWait: [
    "Đã nhập sai nhiều lần. Hãy đợi, để ứng dụng mở, rồi nhập lại. Phiếu trên máy vẫn còn nguyên.",
    "Too many wrong PINs. Wait with the app open, then try again. Everything on this phone is kept.",
  ],
  pinForgotten: ["Quên mã PIN", "Forgot the PIN"],
  unlock: ["Mở khoá", "Unlock"],
  language: ["Ngôn ngữ", "Language"],
  noStorage: [
    "Không lưu được phiếu trên máy này ({reason}). Hãy thoát chế độ ẩn danh, hoặc xoá bớt ảnh, video trong máy, rồi mở lại.",
    "Nothing can be kept on this phone ({reason}). Leave private mode, or delete some photos or videos, then open it again.",
  ],
} as const satisfies Record<string, Sentence>;
