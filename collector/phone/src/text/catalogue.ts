/**
 * What the app says behind its lock until an interview is sent, Vietnamese first, then English. `{name}` is filled in by `t`. An English
 * sentence that counts has two forms, parted by "|": for one, for others.
 */

import type { Sentence } from "./say.ts";

export const CATALOGUE = {
  demonstration: ["Bản minh họa, số liệu giả định", "Demonstration, invented data"],
  cancel: ["Thôi", "Cancel"],
  delete: ["Xoá", "Delete"],
  update: ["Đã có bản mới của ứng dụng.", "A new version of the app is ready."],
  updateNow: ["Cập nhật", "Update"],

  signIn: ["Đăng nhập", "Sign in"],
  username: ["Tên đăng nhập", "User name"],
  password: ["Mật khẩu", "Password"],
  signInAgain: [
    "Cần đăng nhập lại thì mới gửi được phiếu; các phiếu trên máy vẫn còn nguyên.",
    "Your sign-in has ended. Sign in again to send; everything on this phone is kept.",
  ],
  otherUser: [
    "Trên máy còn {n} phiếu chưa gửi của {name}. Phiếu đó sẽ gửi khi {name} đăng nhập lại.",
    "{n} unsent form of {name} is on this phone. It goes out when {name} signs in again.|{n} unsent forms of {name} are on this phone. They go out when {name} signs in again.",
  ],

  tabForms: ["Điền phiếu", "Forms"],
  tabSent: ["Đã gửi", "Sent"],
  tabSettings: ["Cài đặt", "Settings"],
  online: ["Có mạng", "Online"],
  offline: ["Không có mạng", "Offline"],
  drafts: ["Đang làm dở", "In progress"],
  newForm: ["Phiếu mới", "New form"],
  start: ["Bắt đầu", "Start"],
  noForms: [
    "Chưa có phiếu nào trên máy. Hãy nối mạng một lần để tải phiếu về.",
    "There are no forms on this phone yet. Connect to a network once to fetch them.",
  ],
  fetching: ["Đang tải phiếu…", "Fetching forms…"],
  unsupported: [
    "Ứng dụng chưa điền được phiếu này ({what}). Hãy báo cho cán bộ xã.",
    "This app cannot fill this form ({what}). Tell the commune officer.",
  ],
  corrected: ["Sửa phiếu bị trả lại", "Correcting a returned form"],
  edited: ["Sửa lần cuối {when}", "Last changed {when}"],
  untitled: ["Chưa có câu trả lời", "No answers yet"],
  deleteDraft: ["Xoá phiếu đang làm dở?", "Delete this form in progress?"],
  deleteDraftBody: [
    "Các câu trả lời của phiếu này sẽ mất hẳn, không lấy lại được.",
    "Its answers will be gone for good and cannot be brought back.",
  ],
  deleteNamed: ["Xoá phiếu {name}", "Delete {name}"],

  waits: ["{n} phiếu chờ gửi", "{n} form waits to be sent|{n} forms wait to be sent"],
  waitsOffline: ["Sẽ tự gửi khi có mạng.", "It goes out by itself when there is a network.|They go out by themselves when there is a network."],
  waitsNetwork: ["Chưa tới được máy chủ. Máy sẽ tự thử lại.", "The server cannot be reached. The phone tries again by itself."],
  waitsTimeout: [
    "Máy chủ không trả lời. Phiếu vẫn còn trên máy; máy sẽ tự thử lại.",
    "The server does not answer. Everything is kept on this phone, which tries again by itself.",
  ],
  waitsPortal: [
    "Mạng này chưa cho ra ngoài: có lẽ mạng Wi-Fi đòi đăng nhập. Hãy mở một trang web bất kỳ để đăng nhập mạng, hoặc dùng mạng khác. Phiếu vẫn còn trên máy; máy sẽ tự thử lại.",
    "This network does not let the phone out: the Wi-Fi probably wants a sign-in. Open any web page to sign in to the network, or use another. Everything is kept on this phone, which tries again by itself.",
  ],
  waitsServer: ["Máy chủ đang bận hoặc tạm nghỉ. Máy sẽ tự thử lại.", "The server is busy or down for a while. The phone tries again by itself."],
  waitsSignIn: ["Hãy đăng nhập lại để gửi.", "Sign in again to send."],
  sending: ["Đang gửi…", "Sending…"],
  sendNow: ["Gửi ngay", "Send now"],
  needsYou: ["{n} phiếu cần bạn xem lại", "{n} form needs your attention|{n} forms need your attention"],
  look: ["Xem", "Look"],

  correct: ["Sửa", "Correct"],
  reason: ["Lý do: {reason}", "Reason: {reason}"],
  otherVersion: [
    "Không mở được: máy chưa có mẫu phiếu này. Hãy nối mạng rồi thử lại.",
    "It cannot be opened: this form is not on the phone. Connect to a network and try again.",
  ],

  account: ["Tài khoản", "Account"],
  village: ["Thôn", "Village"],
  version: ["Phiên bản {version}", "Version {version}"],

  next: ["Tiếp", "Next"],
  previous: ["Trước", "Back"],
  leave: ["Thoát", "Leave"],
  later: ["Để sau", "Later"],
  saveExit: ["Lưu và thoát", "Save and leave"],
  notSaved: [
    "Không lưu được vào máy ({reason}). Hãy xoá bớt ảnh hoặc video trong máy; đừng đóng ứng dụng.",
    "Saving on this phone failed ({reason}). Delete some photos or videos; do not close the app.",
  ],
  full: [
    "Bộ nhớ của điện thoại đã đầy nên chưa lưu thêm được. Câu trả lời vẫn còn trên màn hình này: đừng đóng ứng dụng. Hãy xoá bớt ảnh hoặc video trong máy; có chỗ trống là máy tự lưu tiếp.",
    "The phone's storage is full, so nothing more can be saved. The answers are still on this screen: do not close the app. Delete some photos or videos; saving goes on by itself once there is room.",
  ],
  fullNow: [
    "Bộ nhớ của điện thoại đã đầy nên chưa lưu được gì mới. Phiếu đã lưu vẫn còn nguyên. Hãy xoá bớt ảnh hoặc video trong máy; có chỗ trống là máy tự làm tiếp.",
    "The phone's storage is full, so nothing new can be saved. What was saved is kept. Delete some photos or videos; the app goes on by itself once there is room.",
  ],
  clockWrong: [
    "Đồng hồ của điện thoại sai: máy ghi {phone}, đúng ra là {server}.",
    "The phone's clock is wrong: it says {phone}, it should say {server}.",
  ],
  clockHelp: [
    "Hãy chỉnh ngày giờ trong phần cài đặt của điện thoại. Phiếu vẫn được giữ và vẫn gửi được, nhưng tuổi và ngày trong phiếu có thể tính sai.",
    "Set date and time in the phone's settings. Forms are kept and can be sent, but ages and dates in them may come out wrong.",
  ],
  progress: ["Đã qua {percent} % phiếu", "{percent} % of the form is behind you"],
  inForm: ["Ngôn ngữ của phiếu", "Language of the form"],
  otherTab: ["Phiếu này đang mở ở một cửa sổ khác.", "This form is open in another window."],
  otherTabHelp: [
    "Hãy làm tiếp ở cửa sổ kia, hoặc chuyển phiếu sang cửa sổ này; câu trả lời đã có được giữ nguyên.",
    "Go on in that window, or bring the form here; the answers so far are kept.",
  ],
  takeOver: ["Làm tiếp ở đây", "Go on here"],
  cannotOpen: ["Không mở được phiếu này ({reason}). Hãy báo cho cán bộ xã.", "This form cannot be opened ({reason}). Tell the commune officer."],
  gone: ["Không tìm thấy phiếu này trên máy.", "This form is not on the phone."],
  goHome: ["Về trang đầu", "To the start"],
  returnedBecause: ["Phiếu bị trả lại: {reason}", "This form was returned: {reason}"],
  returnedPlain: ["Phiếu này bị trả lại để sửa.", "This form came back to be corrected."],

  optional: ["không bắt buộc", "optional"],
  faultRequired: ["Câu này cần có câu trả lời.", "This question needs an answer."],
  faultConstraint: ["Câu trả lời này chưa đúng.", "This answer is not valid."],
  faultChoice: ["Lựa chọn này không còn phù hợp. Hãy chọn lại.", "This choice no longer fits. Choose again."],
  faultInteger: ["Hãy nhập một số không có phần lẻ, ví dụ 12.", "Enter a whole number, for example 12."],
  faultDecimal: ["Hãy nhập một số, ví dụ 2,5.", "Enter a number, for example 2.5."],
  faultDate: ["Hãy chọn một ngày có thật.", "Choose a date that exists."],
  faultTime: ["Hãy nhập giờ và phút, ví dụ 07:30.", "Enter hours and minutes, for example 07:30."],
  faultOther: ["Câu này ghi chưa đúng cách. Hãy ghi lại.", "This is not written the right way. Write it again."],
  askedAgain: ["Cán bộ xã hỏi lại câu này: {reason}", "The officer asks this again: {reason}"],
  fromServer: ["Máy chủ báo: {message}", "The server says: {message}"],

  choose: ["Chọn…", "Choose…"],
  search: ["Gõ để tìm", "Type to search"],
  found: ["{n} kết quả", "{n} result|{n} results"],
  foundMany: ["{n} kết quả, hiện {shown} kết quả đầu", "{n} results, the first {shown} shown"],
  foundNone: ["Không thấy kết quả nào.", "Nothing found."],
  noChoices: ["Chưa có lựa chọn nào ở đây.", "There is nothing to choose here yet."],
  confirm: ["Đã đọc và xác nhận", "Read and confirmed"],
  notSet: ["Chưa chọn", "Not set"],
  moreHelp: ["Giải thích thêm", "More about this question"],
  dontKnow: ["Không biết", "Does not know"],
  refuses: ["Không trả lời", "Declines to answer"],

  addMember: ["Thêm: {name}", "Add: {name}"],
  memberNumber: ["{name} {number}", "{name} {number}"],
  memberEmpty: ["Chưa hỏi", "Not asked yet"],
  memberMissing: ["Còn {n} câu", "{n} question left|{n} questions left"],
  memberDone: ["Đủ", "Complete"],
  rosterEmpty: ["Danh sách còn trống.", "The list is empty."],
  rosterCount: ["Đã ghi: {n}", "Listed: {n}"],
  askNumber: ["Tiếp: số {number}", "Next: no. {number}"],
  memberEnd: ["Xong, về danh sách", "Done, to the list"],
  removeMember: ["Xoá {name}?", "Remove {name}?"],
  removeMemberBody: [
    "Mọi câu trả lời về {name} sẽ mất.",
    "All answers about {name} will be lost.",
  ],
  removeNamed: ["Xoá {name}", "Remove {name}"],

  endTitle: ["Xem lại và gửi", "Check and send"],
  endReady: ["Phiếu đã đủ câu trả lời.", "Every answer is there."],
  endReadyHelp: [
    "Bấm Gửi để hoàn thành. Nếu không có mạng, phiếu nằm chờ trong máy và tự gửi sau.",
    "Press Send to finish. Without a network the form waits on this phone and goes out later.",
  ],
  endMissing: ["Còn {n} câu cần xem lại", "{n} question needs a look|{n} questions need a look"],
  endMissingHelp: ["Bấm vào từng câu để sửa, rồi quay lại đây để gửi.", "Tap each to correct it, then come back here to send."],
  send: ["Gửi", "Send"],
} as const satisfies Record<string, Sentence>;
