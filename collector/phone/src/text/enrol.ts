/** The sentences of the screens that come later: codes, choosing a PIN, a wiped phone, rescue files. */

import type { Sentence } from "./say.ts";
import { speaker } from "./i18n.ts";

export const PHRASES = {
  codeTitle: ["Nhận máy bằng mã", "Set up this phone with a code"],
  codeLead: [
    "Nhập mã mà cán bộ xã đã đưa. Mã dùng được một lần, trong 24 giờ.",
    "Enter the code that the commune officer gave you. It works once, within 24 hours.",
  ],
  code: ["Mã", "Code"],
  codeHint: ["Tám chữ và số, ví dụ ABCD-2345.", "Eight letters and digits, such as ABCD-2345."],
  codeGo: ["Tiếp tục", "Continue"],
  codeGoing: ["Đang hỏi máy chủ…", "Asking the server…"],
  codeShort: ["Mã có 8 chữ và số. Hãy xem lại.", "A code has 8 letters and digits. Look at it again."],
  codeOffline: [
    "Chưa kết nối được với máy chủ. Việc này cần có mạng một lần; mã vẫn dùng được.",
    "The server cannot be reached. This needs a network once; the code still works.",
  ],
  byPassword: ["Đăng nhập bằng mật khẩu", "Sign in with a password"],

  pinTitle: ["Chọn mã PIN", "Choose a PIN"],
  pinHello: ["Chào {name}.", "Hello {name}."],
  pinLead: [
    "Mã PIN mở ứng dụng, cả khi không có mạng, và khoá các phiếu trên máy. Chọn 4 đến 8 chữ số mà người khác khó đoán; 6 chữ số trở lên thì an toàn hơn.",
    "The PIN opens the app, also without a network, and locks what is on this phone. Choose 4 to 8 digits that others will not guess; 6 or more are safer.",
  ],
  pinKnown: [
    "Phiếu trên máy được khoá bằng mã PIN này. Không phiếu nào bị mất.",
    "What is on this phone is locked by this PIN. Nothing is lost.",
  ],
  pinNew: ["Mã PIN mới", "New PIN"],
  pinAgain: ["Nhập lại mã PIN", "Enter the PIN again"],
  pinNext: ["Tiếp", "Next"],
  pinDone: ["Xong", "Done"],
  pinDiffers: ["Hai lần nhập không giống nhau. Hãy chọn lại.", "The two do not match. Choose again."],
  pinSimple: [
    "Mã này ai cũng đoán được. Đừng dùng một chữ số lặp lại hay dãy liền nhau.",
    "Anybody would guess this one. Do not use one digit repeated or digits in a row.",
  ],
  pinFailed: ["Không đặt được mã PIN ({reason}). Hãy thử lại.", "The PIN could not be set ({reason}). Try again."],
  pinLater: ["Để sau", "Not now"],

  forgottenTitle: ["Quên mã PIN", "Forgot the PIN"],
  forgottenLead: [
    "Xin cán bộ xã một mã mới, hoặc đăng nhập bằng mật khẩu, rồi chọn mã PIN khác. Cần có mạng. Các phiếu trên máy vẫn còn nguyên.",
    "Ask the commune officer for a new code, or sign in with the password, then choose another PIN. This needs a network. Everything on this phone is kept.",
  ],

  wipedTitle: ["Máy này đã bị ngắt", "This phone was cut off"],
  wipedBody: [
    "Lúc {when}, theo lệnh của cán bộ xã, ứng dụng đã xoá mọi phiếu và dữ liệu của Sổ Thôn trên máy này. Phiếu đã gửi vẫn còn ở máy chủ. Muốn dùng lại máy này, hãy xin cán bộ xã một mã mới.",
    "At {when}, by order of the commune officer, the app deleted all forms and data of Sổ Thôn on this phone. What was sent is at the server. To use this phone again, ask the officer for a new code.",
  ],

  lockTitle: ["Khoá ứng dụng", "Lock"],
  lockAfter: ["Tự khoá khi rời ứng dụng quá", "Lock after the app was out of sight for"],
  minutes: ["{n} phút", "{n} minute|{n} minutes"],
  lockNow: ["Khoá ngay", "Lock now"],
  pinChange: ["Đổi mã PIN", "Change the PIN"],
  rescueTitle: ["Tệp cứu phiếu", "Rescue file"],
  rescueLead: [
    "Khi máy không thể gặp mạng nữa: lưu mọi phiếu chưa gửi ra một tệp, mang tệp đến cán bộ xã, hoặc mở trên máy khác của bạn. Chỉ tài khoản này và xã mở được tệp.",
    "Where this phone will not see a network again: save everything unsent to one file and take it to the commune officer, or open it on another phone of yours. Only this account and the commune can open it.",
  ],
  rescueSave: ["Lưu ra tệp", "Save to a file"],
  rescueOpen: ["Mở tệp", "Open a file"],
  rescueSaved: [
    "Đã lưu {n} phiếu vào tệp {name}. Phiếu vẫn còn trên máy này.",
    "{n} form is in the file {name}. It is still on this phone too.|{n} forms are in the file {name}. They are still on this phone too.",
  ],
  rescueNothing: ["Trên máy không có phiếu nào chưa gửi.", "There is nothing unsent on this phone."],
  rescueForeign: [
    "Tệp này không phải tệp lưu của ứng dụng Sổ Thôn. Chưa lưu gì vào máy.",
    "This is no file of the Sổ Thôn app. Nothing was stored.",
  ],
  rescueOther: [
    "Tệp này của một tài khoản khác. Hãy mở trên máy của người đó, hoặc đưa cho cán bộ xã. Chưa lưu gì vào máy.",
    "This file is of another account. Open it on that person's phone, or give it to the officer. Nothing was stored.",
  ],
  rescueDamaged: [
    "Tệp này đã hỏng hoặc chép thiếu. Hãy chép lại từ máy cũ. Chưa lưu gì vào máy.",
    "This file is damaged or was not copied whole. Copy it again from the old phone. Nothing was stored.",
  ],
  rescueFailed: ["Không làm được ({reason}). Chưa lưu gì vào máy.", "It failed ({reason}). Nothing was stored."],
  rescueDone: ["Phiếu trong tệp:", "What was in the file:"],
  brought_added: ["đã đưa vào máy", "brought to this phone"],
  brought_same: ["đã có, giống hệt", "here already, the same"],
  brought_newer: ["bản trong tệp mới hơn, đã thay bản trên máy", "newer in the file: it has replaced the one on this phone"],
  brought_older: ["bản trên máy mới hơn, giữ bản trên máy", "newer on this phone: that one is kept"],
  brought_finished: ["trên máy đã điền xong, giữ bản trên máy", "finished on this phone: that one is kept"],
  brought_apart: ["khác bản trên máy, để riêng trong Đang làm dở", "differs from the one on this phone: put beside it, in progress"],
  brought_open: [
    "đang mở ở một cửa sổ, chưa đưa vào. Hãy đóng cửa sổ đó rồi mở tệp lại",
    "open in a window, not brought in. Close that window, then open the file again",
  ],

  pinOffline: ["Đổi mã PIN cần có mạng. Hãy thử lại khi có mạng.", "Changing the PIN needs a network. Try again when there is one."],
} as const satisfies Record<string, Sentence>;

export const say = speaker(PHRASES);
