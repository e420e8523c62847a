/** The sentences of the private page: [Vietnamese, English]. */

export type Language = "vi" | "en";

const WORDS = {
  title: ["Sức khoẻ và đời sống gia đình", "Health and family life"],
  leave: ["Thoát nhanh", "Leave now"],
  water: ["Câu hỏi về nước", "Water questions"],
  otherLanguage: ["English", "Tiếng Việt"],
  codeTitle: ["Gõ mã trên tờ giấy", "Type the code on the slip"],
  codeLabel: ["Mã, 20 chữ và số", "Code, 20 letters and digits"],
  open: ["Mở phiếu", "Open"],
  opening: ["Đang mở…", "Opening…"],
  codeSpent: [
    "Mã này không dùng được: đã dùng, đã quá hạn hoặc gõ sai. Hãy xem lại từng chữ.",
    "This code cannot be used: it was used, is too old or has a typing mistake. Check each letter.",
  ],
  closed: ["Phiếu này hiện không mở.", "This form is not open at the moment."],
  noNetwork: [
    "Chưa kết nối được. Hãy thử lại khi có mạng.",
    "There is no connection. Try again when there is one.",
  ],
  introTitle: ["Trước khi bắt đầu", "Before you begin"],
  intro1: [
    "Phiếu này do anh/chị tự trả lời, khi ở một mình. Mất khoảng 3 phút. Câu nào cũng bỏ qua được.",
    "You answer this form yourself, when you are alone. It takes about 3 minutes. Any question may be skipped.",
  ],
  intro2: [
    "Nút “Thoát nhanh” ở trên cùng (hoặc phím Esc hai lần) xoá hết và mở trang thời tiết.",
    "“Leave now” at the top (or the Esc key twice) wipes everything and opens a weather page.",
  ],
  intro3: [
    "Khi có người đến, bấm “Câu hỏi về nước”: màn hình chỉ còn mấy câu về nước sinh hoạt. Bấm “Tiếp” đến hết các câu ấy thì quay lại được.",
    "When somebody comes, press “Water questions”: the screen then only asks about water at home. Go to the end of those questions to come back.",
  ],
  intro4: [
    "Máy không lưu câu trả lời nào. Đóng trang là mất, trừ khi đã bấm gửi. Trình duyệt có thể nhớ là đã mở trang này; nên dùng cửa sổ ẩn danh, hoặc xoá lịch sử sau khi xong.",
    "The device keeps no answer. Closing the page loses them, unless you have sent them. The browser may remember that this page was opened: use a private window, or clear its history afterwards.",
  ],
  begin: ["Bắt đầu", "Begin"],
  next: ["Tiếp", "Next"],
  back: ["Trước", "Back"],
  skip: ["Bỏ qua câu này", "Skip this question"],
  progress: ["Câu {n}", "Question {n}"],
  stop: ["Đóng trang", "Close the page"],
  sendTitle: ["Gửi phiếu?", "Send the form?"],
  sendText: [
    "Bấm gửi thì câu trả lời được khoá trên máy này rồi mới gửi đi. Sau đó không ai sửa hay đọc lại được, kể cả anh/chị.",
    "When you press send, your answers are locked on this device and then sent. After that nobody can change or read them, not even you.",
  ],
  send: ["Khoá và gửi", "Lock and send"],
  sending: ["Đang gửi…", "Sending…"],
  notSent: [
    "Chưa gửi được. Câu trả lời đã khoá vẫn còn khi trang này còn mở. Hãy thử lại khi có mạng.",
    "Not sent yet. The locked answers stay as long as this page is open. Try again when there is a network.",
  ],
  tryAgain: ["Gửi lại", "Send again"],
  thanks: ["Xin cảm ơn", "Thank you"],
  received: ["Đã nhận phiếu. Máy này không còn giữ câu trả lời nào.", "Received. This device no longer holds any answer."],
  nothingSent: ["Không có gì được gửi. Mã vẫn dùng được lần khác.", "Nothing was sent. The code can be used another time."],
  sentBefore: ["Mã này đã dùng hoặc quá hạn, nên lần này không gửi được.", "The code was used before or is too old: nothing was sent this time."],
  refused: ["Máy chủ không nhận phiếu này. Không có gì được lưu.", "The server did not take this form. Nothing was kept."],
  lines: ["Ai cũng có thể cần: gọi để được giúp", "For everyone: numbers to call for help"],
  checked: ["Các số này được kiểm tra ngày {day}.", "These numbers were checked on {day}."],
  waterTitle: ["Nước sinh hoạt", "Water at home"],
  waterDone: ["Đã xong phần nước sinh hoạt.", "The questions on water are done."],
  goOn: ["Làm tiếp", "Go on"],
  again: ["Xem lại phần này", "Look at this part again"],
} as const;

export type Key = keyof typeof WORDS;

export function say(language: Language, key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  const text: string = WORDS[key][language === "vi" ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** Harmless questions for when somebody comes. They are never sent. */
export const WATER: readonly { readonly ask: readonly [string, string]; readonly choices: readonly (readonly [string, string])[] }[] = [
  {
    ask: ["Nhà dùng nước từ đâu là chính?", "Where does the household mainly get its water?"],
    choices: [["Nước máy", "Tap water"], ["Giếng", "A well"], ["Suối, mó nước", "A stream or spring"], ["Nước mưa", "Rain water"]],
  },
  {
    ask: ["Đi lấy nước mất bao lâu?", "How long does it take to fetch water?"],
    choices: [["Nước có tại nhà", "It is at home"], ["Dưới 30 phút", "Under 30 minutes"], ["Từ 30 phút trở lên", "30 minutes or more"]],
  },
  {
    ask: ["Nhà trữ nước bằng gì?", "What is water kept in?"],
    choices: [["Bể", "A tank"], ["Chum, vại", "Jars"], ["Can, xô", "Cans, buckets"], ["Không trữ", "It is not kept"]],
  },
  {
    ask: ["Nước uống có đun sôi không?", "Is drinking water boiled?"],
    choices: [["Luôn luôn", "Always"], ["Có khi", "Sometimes"], ["Không", "No"]],
  },
];
