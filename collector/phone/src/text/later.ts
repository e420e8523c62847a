/** What the screens say that come later: sign-in, sent interviews, settings. */

import type { Sentence } from "./say.ts";

export const LATER = {
  signInLead: [
    "Dùng tên và mật khẩu mà cán bộ xã đã cấp. Chỉ cần đăng nhập một lần; sau đó máy dùng được cả khi không có mạng.",
    "Use the name and password given by the commune officer. Signing in once is enough; after that the phone works without a network too.",
  ],
  showPassword: ["Hiện mật khẩu", "Show password"],
  signingIn: ["Đang đăng nhập…", "Signing in…"],
  signInEmpty: ["Cần nhập cả tên đăng nhập và mật khẩu.", "Enter both the user name and the password."],
  signInWrong: [
    "Tên đăng nhập hoặc mật khẩu không đúng. Hãy thử lại, hoặc hỏi cán bộ xã.",
    "The user name or the password is wrong. Try again, or ask the commune officer.",
  ],
  signInTooMany: [
    "Đã thử sai nhiều lần. Hãy đợi vài phút rồi thử lại.",
    "Too many wrong attempts. Wait a few minutes, then try again.",
  ],
  signInOffline: [
    "Chưa kết nối được với máy chủ. Lần đầu đăng nhập cần có mạng.",
    "The server cannot be reached. The first sign-in needs a network.",
  ],
  haveCode: ["Có mã của cán bộ xã", "I have a code from the officer"],
  signInPortal: [
    "Mạng này chưa cho ra ngoài: có lẽ mạng Wi-Fi đòi đăng nhập. Hãy mở một trang web bất kỳ để đăng nhập mạng, hoặc dùng mạng khác, rồi thử lại.",
    "This network does not let the phone out: the Wi-Fi probably wants a sign-in. Open any web page to sign in to the network, or use another, then try again.",
  ],
  groupAttention: ["Cần xem lại", "Needs attention"],
  groupWaiting: ["Chờ gửi", "Waiting"],
  groupSent: ["Đã gửi", "Sent"],
  showMore: ["Xem thêm (còn {n} phiếu)", "Show more ({n} form left)|Show more ({n} forms left)"],
  statesAt: ["Tình trạng lúc {when}", "State as of {when}"],
  refresh: ["Cập nhật", "Refresh"],
  refreshing: ["Đang cập nhật…", "Refreshing…"],
  nothingSent: ["Chưa gửi phiếu nào.", "Nothing has been sent yet."],
  stateWaiting: ["Chờ gửi", "Waiting"],
  stateSent: ["Đã gửi", "Sent"],
  stateFaulty: ["Có chỗ cần sửa", "Needs correction"],
  stateConflict: ["Trùng mã, cán bộ sẽ xem", "Same id, an officer will look"],
  stateRefused: ["Không được nhận", "Not accepted"],
  stateStored: ["Đã nhận và kiểm tra", "Received and checked"],
  stateFlagged: ["Đã nhận, chờ cán bộ xem", "Received, an officer will look"],
  stateAccepted: ["Đã duyệt", "Approved"],
  stateReturned: ["Bị trả lại", "Returned"],
  stateCorrected: ["Đã sửa và gửi lại", "Corrected and sent again"],
  stateExcluded: ["Đã loại, không tính", "Excluded, does not count"],
  openAgain: ["Mở lại", "Open again"],
  conflictHelp: [
    "Xã đã nhận một phiếu cùng mã nhưng nội dung khác. Cả hai được giữ; cán bộ xã sẽ quyết định.",
    "The server already has this id with other content. Both are kept; the commune officer will decide.",
  ],
  commune: ["Xã", "Commune"],
  storage: ["Bộ nhớ", "Storage"],
  storageKept: [
    "Phiếu trên máy được giữ chắc: máy không tự xoá.",
    "What is on this phone is kept safe: the phone does not delete it by itself.",
  ],
  storageAtRisk: [
    "Khi bộ nhớ gần đầy, máy có thể tự xoá phiếu chưa gửi. Hãy cài ứng dụng vào màn hình chính và gửi phiếu sớm.",
    "When its storage is nearly full, the phone may delete unsent forms by itself. Install the app on the home screen and send forms early.",
  ],
  install: ["Cài vào màn hình chính", "Install on the home screen"],
  signOut: ["Đăng xuất", "Sign out"],
  signOutAsk: ["Đăng xuất khỏi máy này?", "Sign out of this phone?"],
  signOutClean: [
    "Mọi phiếu đã gửi. Mẫu phiếu và danh sách hộ trên máy sẽ được xoá.",
    "Everything has been sent. Forms and household lists are removed from this phone.",
  ],
  signOutDrafts: ["Trên máy còn {n} phiếu đang làm dở.", "This phone still holds {n} form in progress.|This phone still holds {n} forms in progress."],
  signOutWaiting: ["Trên máy còn {n} phiếu chưa gửi.", "This phone still holds {n} unsent form.|This phone still holds {n} unsent forms."],
  signOutKeep: ["Đăng xuất, giữ phiếu trên máy", "Sign out, keep the forms on this phone"],
  signOutKeepBody: [
    "Khi bạn đăng nhập lại trên máy này, các phiếu vẫn còn để làm tiếp và gửi.",
    "When you sign in again on this phone, they will be there to finish and send.",
  ],
  signOutWipe: ["Xoá tất cả rồi đăng xuất", "Delete everything and sign out"],
  signOutWipeAsk: ["Xoá hẳn {n} phiếu chưa gửi?", "Delete {n} unsent form for good?|Delete {n} unsent forms for good?"],
  signOutWipeBody: [
    "Các cuộc phỏng vấn này sẽ mất, không lấy lại được. Gõ chữ {word} để xác nhận.",
    "These interviews will be lost for good. Type {word} to confirm.",
  ],
  signOutWord: ["XOA", "DELETE"],
  stay: ["Ở lại", "Stay signed in"],
  notReturned: [
    "Phiếu này không còn chờ sửa, hoặc máy chưa tới được máy chủ để lấy phiếu về.",
    "This form does not wait for a correction any more, or the server cannot be reached to fetch it.",
  ],
} as const satisfies Record<string, Sentence>;
