"""Every failure that a caller can meet, once each: code, status, message. No Flask here.

The message is the Vietnamese sentence (the msgid of gettext), with `%(name)s` for details: what
was expected, what came, what to do. `collector.errors` turns a Problem into a reply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


def N_(message: str) -> str:
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to fail: a stable code, the HTTP status, the message."""

    code: str
    status: int
    message: str


class Problem(Exception):
    """A failure of a given kind with its details; `faults` are those of a form's check."""

    def __init__(
        self,
        kind: Kind,
        *,
        faults: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
        **details: Any,
    ) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.faults = faults
        self.headers = dict(headers or {})
        self.details = details


# What came cannot be read
BAD_REQUEST = Kind(
    "bad_request", 400, N_("Yêu cầu không đọc được. Hãy tải lại trang hoặc cập nhật ứng dụng.")
)
INVALID_FIELDS = Kind(
    "invalid_fields", 400, N_("Yêu cầu thiếu hoặc sai mục: %(fields)s. Hãy sửa rồi gửi lại.")
)
MALFORMED_XML = Kind(
    "malformed_xml",
    400,
    N_("Phiếu gửi lên không đọc được. %(reason)s"),
)
NO_SUBMISSION = Kind(
    "no_submission",
    400,
    N_("Không thấy phần trả lời (xml_submission_file) trong lần gửi này. Hãy gửi lại."),
)
BAD_CSRF = Kind(
    "bad_csrf", 400, N_("Trang đã mở quá lâu hoặc mở ở nơi khác. Hãy tải lại trang rồi làm lại.")
)

# Who asks
NOT_SIGNED_IN = Kind("not_signed_in", 401, N_("Cần đăng nhập để tiếp tục."))
WRONG_PASSWORD = Kind(
    "wrong_password", 401, N_("Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra rồi nhập lại.")
)
DEVICE_REVOKED = Kind(
    "device-revoked",
    401,
    N_("Cán bộ xã đã ngắt máy này. Mọi phiếu và dữ liệu của ứng dụng trên máy được xoá."),
)
FORBIDDEN = Kind("forbidden", 403, N_("Tài khoản này không có quyền làm việc đó."))
INVALID_KEY = Kind(
    "invalid_key",
    403,
    N_("Khóa kết nối của điện thoại không còn hiệu lực. Hãy quét lại mã QR do xã cấp."),
)
HTTPS_ONLY = Kind(
    "https_only",
    403,
    N_("Chỉ gửi mật khẩu qua kết nối an toàn. Hãy dùng địa chỉ bắt đầu bằng https."),
)
OTHER_VILLAGE = Kind(
    "other_village",
    403,
    N_("Phiếu ghi thôn %(village)s, nhưng tài khoản này chỉ gửi phiếu của thôn %(own)s."),
)
OTHER_UNIT = Kind(
    "other_unit",
    403,
    N_("Báo cáo ghi đơn vị %(unit)s, nhưng tài khoản này chỉ gửi báo cáo của đơn vị %(own)s."),
)
NOT_YOUR_FORM = Kind("not_your_form", 403, N_("Tài khoản này không điền biểu mẫu %(form)s."))
TOO_MANY_TRIES = Kind(
    "too_many_tries", 429, N_("Đã nhập sai quá nhiều lần. Hãy đợi %(minutes)s phút rồi thử lại.")
)

# Phones
CODE_REFUSED = Kind(
    "code_refused",
    404,
    N_("Mã không đúng, đã dùng hoặc đã quá 24 giờ. Hãy xem lại, hoặc xin cán bộ xã một mã mới."),
)
NOT_ENROLLABLE = Kind(
    "not_enrollable",
    422,
    N_("Chỉ cấp mã cho tài khoản đang dùng của cộng tác viên và của đơn vị."),
)

NOT_RESCUE = Kind(
    "not_rescue",
    422,
    N_("Tệp này không phải tệp lưu của ứng dụng Sổ Thôn, hoặc đã hỏng. Chưa nhận gì từ tệp."),
)
RESCUE_UNKNOWN = Kind(
    "rescue_unknown",
    422,
    N_("Tệp này của một tài khoản mà máy chủ không có. Chưa nhận gì từ tệp."),
)

# What is asked for
NOT_FOUND = Kind("not_found", 404, N_("Không có trang hay dữ liệu này."))
UNKNOWN_FORM = Kind(
    "unknown_form",
    404,
    N_("Không có biểu mẫu %(form)s bản %(version)s. Hãy tải lại danh sách biểu mẫu."),
)
METHOD_NOT_ALLOWED = Kind("method_not_allowed", 405, N_("Địa chỉ này không nhận cách gọi đó."))

# What it would do
FAULTS = Kind("faults", 422, N_("Phiếu còn %(count)s chỗ cần sửa. Hãy sửa rồi gửi lại."))
CONFLICT = Kind(
    "conflict",
    409,
    N_(
        "Đã có một phiếu cùng mã số nhưng nội dung khác. Bản này được giữ riêng để cán bộ xã xem; "
        "không cần gửi lại."
    ),
)
CHANGED_MEANWHILE = Kind(
    "changed_meanwhile",
    409,
    N_("Phiếu này vừa được người khác xử lý. Hãy tải lại trang để xem quyết định đó rồi mới làm."),
)
ALREADY_COUNTED = Kind(
    "already_counted",
    409,
    N_(
        "Đã có một phiếu khác của cùng hộ trong năm, hoặc của cùng đơn vị trong cùng kỳ, đang "
        "được tính. Hãy loại phiếu kia trước rồi mới nhận phiếu này."
    ),
)
INDICATOR_CHANGED = Kind(
    "indicator_changed",
    409,
    N_(
        "Chỉ số %(code)s vừa được người khác sửa. Hãy mở lại trang để xem bản mới rồi mới sửa tiếp."
    ),
)
INDICATOR_USED = Kind(
    "indicator_used",
    409,
    N_(
        "Chỉ số %(code)s đang được kế hoạch %(plans)s dùng nên chưa bỏ được. Hãy đổi chỉ số của "
        "các chỉ tiêu đó trước."
    ),
)
REASON_NEEDED = Kind("reason_needed", 422, N_("Hãy ghi lý do (1 đến 1000 ký tự)."))
DRAW_TITLE = Kind(
    "draw_title",
    422,
    N_(
        "Mẫu cần có tên (1 đến %(title)s ký tự), và số hạt giống không quá %(seed)s ký tự. Hãy sửa "
        "rồi xem lại."
    ),
)
DRAW_CHANGED = Kind(
    "draw_changed",
    409,
    N_("Mẫu này vừa được người khác thay đổi. Hãy tải lại trang rồi mới làm."),
)
NO_REGISTER = Kind(
    "no_register", 409, N_("Chưa có hộ nào trong danh sách. Hãy tải danh sách hộ lên trước.")
)
NO_REPLACEMENT = Kind(
    "no_replacement",
    409,
    N_("Thôn này không còn hộ dự phòng. Khi rút mẫu lần sau hãy lấy nhiều hộ dự phòng hơn."),
)
NOT_A_COLLABORATOR = Kind(
    "not_a_collaborator",
    422,
    N_("Người được giao phải là cộng tác viên đang làm việc của thôn này."),
)
NO_HOUSEHOLD_CHOSEN = Kind(
    "no_household_chosen", 422, N_("Hãy chọn ít nhất một hộ của thôn để giao.")
)
QUESTIONS_ALONE = Kind(
    "questions_alone",
    422,
    N_("Đã đánh dấu câu cần hỏi lại nhưng không chọn trả lại. Hãy chọn trả lại, hoặc bỏ dấu."),
)
NOTHING_CHOSEN = Kind("nothing_chosen", 422, N_("Hãy chọn ít nhất một phiếu để duyệt."))
WEAK_PASSWORD = Kind("weak_password", 422, N_("Mật khẩu cần có từ 10 đến 128 ký tự."))
WRONG_CURRENT_PASSWORD = Kind(
    "wrong_current_password", 422, N_("Mật khẩu hiện tại không đúng. Hãy nhập lại.")
)
PASSWORDS_DIFFER = Kind(
    "passwords_differ", 422, N_("Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại.")
)
NAME_NEEDED = Kind(
    "name_needed", 422, N_("Tên đăng nhập cần có từ 1 đến 64 ký tự, không có dấu hai chấm.")
)
VILLAGE_NEEDED = Kind("village_needed", 422, N_("Cộng tác viên cần được giao một thôn của xã."))
UNIT_NEEDED = Kind("unit_needed", 422, N_("Tài khoản của đơn vị cần được giao một đơn vị của xã."))
INVALID_UNIT = Kind(
    "invalid_unit",
    422,
    N_(
        "Đơn vị cần có mã 1 đến 32 ký tự (không có dấu cách, | hay :), tên 1 đến 128 ký tự, và một "
        "loại trong danh sách."
    ),
)
UNIT_EXISTS = Kind(
    "unit_exists", 409, N_("Đã có đơn vị mã %(code)s. Hãy đặt mã khác, hoặc sửa đơn vị đó.")
)
INVALID_DAYS = Kind(
    "invalid_days",
    422,
    N_("Ngày cần ghi theo dạng năm-tháng-ngày (2026-11-30), ngày bắt đầu không sau ngày kết thúc."),
)
FUTURE_DAY = Kind("future_day", 422, N_("Ngày %(day)s còn ở phía trước. Hãy ghi ngày đã diễn ra."))
INVALID_FOCAL = Kind(
    "invalid_focal",
    422,
    N_(
        "Đầu mối cần có chức danh (1 đến 128 ký tự). Số điện thoại chỉ có chữ số, dấu cách, dấu "
        "chấm, gạch nối hay dấu +; thư điện tử có dạng ten@mien.vn. Hai mục này có thể để trống."
    ),
)
INVALID_HAND_OVER = Kind(
    "invalid_hand_over",
    422,
    N_(
        "Bàn giao cần hai tài khoản khác nhau, đang dùng, của cùng đơn vị, và lý do (1 đến 1000 "
        "ký tự)."
    ),
)
PLAN_CHANGED = Kind(
    "plan_changed",
    409,
    N_("Kế hoạch này vừa được người khác sửa. Xem bản mới rồi làm lại điều của bạn."),
)
REPORT_ISSUED = Kind(
    "report_issued",
    409,
    N_("Người khác vừa chốt báo cáo này. Xem bản đã chốt rồi quyết định có cần chốt lại không."),
)
DOCUMENT_NEEDED = Kind(
    "document_needed", 422, N_("Hãy ghi số, ký hiệu văn bản làm căn cứ (1 đến 128 ký tự).")
)
ALREADY_ASSIGNED = Kind(
    "already_assigned", 409, N_("Chỉ tiêu này đã được giao cho đơn vị đó. Hãy tải lại trang.")
)
ALREADY_MARKED = Kind(
    "already_marked", 409, N_("Việc này vừa được người khác ghi là đã làm. Hãy tải lại trang.")
)
LAST_ADMINISTRATOR = Kind(
    "last_administrator",
    409,
    N_("Phải còn ít nhất một người quản trị đang dùng. Hãy thêm người khác trước."),
)
USERNAME_TAKEN = Kind("username_taken", 409, N_("Tên đăng nhập %(username)s đã có người dùng."))
INVALID_ACCOUNT = Kind("invalid_account", 422, N_("Tài khoản chưa hợp lệ: %(reason)s"))

# The private form
PRIVATE_CLOSED = Kind("private_closed", 404, N_("Phiếu này hiện không mở."))
CODE_SPENT = Kind(
    "code_spent",
    404,
    N_("Mã này không dùng được: đã dùng, đã quá hạn hoặc ghi sai. Hãy xem lại từng chữ."),
)
NOT_SEALED = Kind(
    "not_sealed",
    422,
    N_("Câu trả lời chưa được khóa: cần %(expected)s byte đã khóa, nhận được %(came)s byte."),
)
BAD_COUNT = Kind("bad_count", 422, N_("Số phiếu mỗi lần in cần từ 1 đến %(most)s."))

MIXED_LISTS = Kind(
    "mixed_lists",
    409,
    N_(
        "Mã dân tộc trong các biểu mẫu không theo cùng một danh mục nên không tính chung được. "
        "%(reason)s"
    ),
)

# What the machine cannot do
TOO_LARGE = Kind(
    "too_large", 413, N_("Lần gửi này quá lớn. Hãy bớt ảnh hoặc gửi từng phiếu một rồi thử lại.")
)
NO_UPLOAD = Kind("no_upload", 404, N_("Tệp này chưa được báo trước. Máy sẽ gửi lại từ đầu."))
OTHER_OFFSET = Kind("other_offset", 409, N_("Tệp này đang ở byte %(offset)s. Hãy gửi tiếp từ đó."))
PART_TOO_LONG = Kind(
    "part_too_long", 413, N_("Mỗi phần cần từ 1 đến %(most)s byte và không quá độ dài đã báo.")
)
UPLOAD_DAMAGED = Kind(
    "upload_damaged", 422, N_("Tệp nhận được không giống tệp đã báo. Máy sẽ gửi lại từ đầu.")
)
UPLOADS_FULL = Kind(
    "uploads_full",
    429,
    N_("Tài khoản này đang gửi dở hơn %(megabytes)s MB ảnh và tệp. Hãy đợi phiếu trước gửi xong."),
)
INCOMPLETE_FILES = Kind(
    "incomplete_files",
    424,
    N_("Phiếu này còn thiếu tệp: %(files)s. Máy sẽ gửi tệp rồi gửi lại phiếu."),
)
STORAGE_UNAVAILABLE = Kind(
    "storage_unavailable",
    503,
    N_("Máy chủ tạm thời chưa ghi được dữ liệu. Phiếu vẫn còn trên máy; hãy gửi lại sau ít phút."),
)
INTERNAL = Kind(
    "internal", 500, N_("Máy chủ gặp lỗi ngoài dự tính. Hãy thử lại; nếu vẫn lỗi, báo xã.")
)

KINDS: dict[str, Kind] = {
    kind.code: kind for kind in globals().copy().values() if isinstance(kind, Kind)
}

FLAGS: dict[str, str] = {
    "second_interview": N_("Hộ này đã có một phiếu hoàn thành khác trong năm."),
    "second_return": N_("Đơn vị này đã có một báo cáo khác của cùng kỳ."),
    "other_village": N_("Phiếu ghi một thôn khác với thôn của người gửi."),
    "other_unit": N_("Báo cáo ghi một đơn vị khác với đơn vị của người gửi."),
    "edit_of_unknown": N_("Phiếu này sửa một phiếu mà máy chủ không có."),
    "edit_of_superseded": N_("Phiếu này sửa một bản đã được thay bằng bản khác."),
    "edit_after_decision": N_("Phiếu này sửa một phiếu đã được cán bộ xã nhận hoặc loại."),
    "files_missing": N_("Phiếu nêu tên tệp (ảnh, ghi âm) mà máy chủ chưa nhận được."),
    "odd_period": N_("Ngày ghi trên phiếu ở tương lai hoặc đã quá hai năm; hãy xem lại."),
}
"""Why a submission waits for review although each answer is in order."""
