/** The sentences of "My work", Vietnamese first, then English (text/catalogue.ts has the rules). */

import type { Sentence } from "../text/say.ts";
import { speaker } from "../text/i18n.ts";

export const WORDS = {
  myWork: ["Việc của tôi", "My work"],
  nextHousehold: ["Hộ tiếp theo", "Next household"],
  allVisited: ["Đã đi hết các hộ trong danh sách.", "Every household on the list has been dealt with."],
  begin: ["Bắt đầu hỏi", "Begin the interview"],
  beginAnyway: ["Nay hỏi được: bắt đầu hỏi", "They can be asked now: begin"],
  goOn: ["Làm tiếp", "Go on"],
  notAsked: ["Chưa hỏi được", "Could not be asked"],
  notAskedHelp: [
    "Vắng nhà, hẹn lại, từ chối, đã chuyển đi: ghi lần đến thứ {number}.",
    "Nobody home, come back later, refused, moved away: record visit {number}.",
  ],
  lookAt: ["Xem hộ {code}", "Look at household {code}"],
  listOfHouseholds: ["Danh sách hộ", "List of households"],
  leftOf: ["Còn {left} trong {all} hộ", "{left} of {all} households left"],
  week: ["Tuần này: xong {done} hộ, đã đến {visits} lượt", "This week: households done {done}, visits {visits}"],
  weekNone: ["Tuần này chưa đến hộ nào", "No visits yet this week"],
  weekWaiting: ["trong đó {waiting} lượt chờ gửi", "of which {waiting} wait to be sent"],

  left: ["Còn lại ({count})", "Left ({count})"],
  all: ["Tất cả ({count})", "All ({count})"],
  which: ["Hiện những hộ nào", "Which households to show"],
  searchCode: ["Tìm theo mã hộ", "Search by code"],
  noneLeft: ["Không còn hộ nào phải đến.", "No household is left to visit."],
  noneFound: ["Không có hộ nào mang mã này trong danh sách.", "No household on the list has this code."],
  more: ["Xem thêm {count} hộ", "Show {count} more"],
  shown: ["{n} hộ", "{n} household|{n} households"],
  toHome: ["Về trang đầu", "To the start"],
  toList: ["Về danh sách hộ", "To the list"],

  toVisit: ["Chưa đến", "To visit"],
  visited: ["Đã đến {number} lần", "Visited {number} of 3"],
  done: ["Xong", "Done"],
  refused: ["Từ chối", "Refused"],
  moved: ["Đã chuyển đi", "Moved away"],
  other: ["Không hỏi được", "Cannot be asked"],
  waiting: ["{state}, chờ gửi", "{state}, waits to be sent"],
  inProgress: ["Đang làm", "In progress"],
  correcting: ["Đang sửa", "Being corrected"],
  cameBack: ["Bị trả lại, cần sửa", "Came back, to be corrected"],
  lastVisit: ["Lần cuối {day}", "Last visit: {day}"],
  replacement: ["Hộ thay thế", "Replacement household"],
  added: ["Hộ thêm, ngoài danh sách", "Added, not on the list"],
  tooOften: [
    "Đã đến đủ 3 lần. Không cần đến nữa; nếu gặp được thì vẫn hỏi.",
    "Visited 3 times: no need to go again; if you meet them, still ask.",
  ],
  doneHelp: ["Hộ này đã hỏi xong, không cần làm gì thêm.", "This household is done: nothing more to do."],
  doneWaitsHelp: [
    "Hộ này đã hỏi xong. Phiếu nằm trong máy và tự gửi khi có mạng.",
    "This household is done. The form is on this phone and goes out when there is a network.",
  ],
  noFormHere: [
    "Máy chưa có mẫu phiếu này. Hãy nối mạng một lần để tải về.",
    "The form is not on this phone yet. Connect to a network once to fetch it.",
  ],
  household: ["Hộ {code}", "Household {code}"],

  addHousehold: ["Thêm hộ ngoài danh sách", "Add a household that is not on the list"],
  addHelp: [
    "Chỉ thêm khi cán bộ xã bảo thêm. Ghi đúng mã được cấp, ví dụ AK03-M01; không ghi tên người.",
    "Add one only where the commune officer says so. Write the code as given, such as AK03-M01; no names.",
  ],
  code: ["Mã của hộ", "Code of the household"],
  codeEmpty: ["Hãy ghi mã của hộ.", "Write the code of the household."],
  codeKnown: ["Hộ {code} đã có trong danh sách.", "Household {code} is on the list already."],
  inVillage: ["Hộ ở thôn nào?", "In which village?"],
  add: ["Thêm hộ này", "Add this household"],

  reports: ["Báo cáo phải gửi", "Reports to send"],
  lateSince: ["Quá hạn {day}", "Was due {day}"],
  dueOn: ["Hạn gửi {day}", "Due {day}"],
  waitsToSend: ["Xong, chờ gửi", "Done, waits to be sent"],
  sent: ["Đã gửi", "Sent"],
  sentReports: ["Đã gửi gần đây ({count})", "Sent lately ({count})"],
  reportNothing: ["Báo cáo: {nil}", "Report: {nil}"],
  month: ["Tháng {month}/{year}", "Month {month}/{year}"],
  quarter: ["Quý {quarter}/{year}", "Quarter {quarter}/{year}"],
  year: ["Năm {year}", "Year {year}"],
} as const satisfies Record<string, Sentence>;

export const say = speaker(WORDS);
