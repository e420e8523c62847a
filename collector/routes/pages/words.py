"""The words of the pages that belong to codes: roles, states, flags, errors. Keys of the catalogue.

The msgid is the Vietnamese sentence; each is translated where it is shown.
"""

from __future__ import annotations

from collector.models import Action, Channel, Role, State
from collector.problems import FLAGS, N_
from collector.routes.pages.comparison import Change
from collector.routes.pages.speech import gettext
from collector.store.rows import Listed

__all__ = ["N_"]

_ROLES = {
    Role.COLLECTOR: N_("Cộng tác viên thôn"),
    Role.UNIT: N_("Đơn vị gửi báo cáo"),
    Role.OFFICER: N_("Cán bộ xã"),
    Role.ADMINISTRATOR: N_("Quản trị"),
}

_STATES = {
    State.STORED: ("good", "good", N_("Đã kiểm tra")),
    State.FLAGGED: ("open", "flag", N_("Đã nhận, chờ xem lại")),
    State.ACCEPTED: ("good", "approved", N_("Đã duyệt")),
    State.RETURNED: ("info", "returned", N_("Đã trả lại")),
    State.EXCLUDED: ("none", "out", N_("Đã loại")),
}

_COUNTS = ("good", "good", N_("Được tính vào chỉ tiêu"))
_COUNTS_NOT = ("none", "out", N_("Không tính vào chỉ tiêu"))
_WHY = {
    State.STORED: N_("Đã kiểm tra: không có lỗi, không bị đánh dấu, và chưa ai quyết định khác."),
    State.FLAGGED: N_("Có lỗi hoặc bị đánh dấu: chờ cán bộ xem rồi mới được tính."),
    State.ACCEPTED: N_("Cán bộ xã đã duyệt."),
    State.RETURNED: N_("Đã trả lại người gửi: bản sửa, khi đến, sẽ được xét thay bản này."),
    State.EXCLUDED: N_("Cán bộ xã đã loại."),
}
_REPLACED = N_("Đã có bản sửa thay thế.")
RULE = N_(
    "Chỉ phiếu đã duyệt, hoặc đã kiểm tra mà không có lỗi và không bị đánh dấu, được tính vào "
    "chỉ tiêu."
)

_CHANGES = {
    Change.CHANGED: ("open", "changed", N_("đổi")),
    Change.ADDED: ("good", "added", N_("thêm")),
    Change.REMOVED: ("bad", "removed", N_("bỏ")),
}

_CHANNELS = {
    Channel.PHONE: N_("ứng dụng Sổ Thôn"),
    Channel.OPENROSA: N_("ODK Collect"),
    Channel.FEED: N_("lịch hạn nộp"),
    Channel.EXCEL: N_("tệp Excel"),
}

_ACTIONS = {
    Action.ACCEPT: N_("Duyệt"),
    Action.RETURN: N_("Trả lại người gửi"),
    Action.EXCLUDE: N_("Loại khỏi số liệu"),
}

_DONE = {
    Action.ACCEPT: N_("Đã duyệt"),
    Action.RETURN: N_("Đã trả lại người gửi"),
    Action.EXCLUDE: N_("Đã loại khỏi số liệu"),
}

OTHER_FLAG = N_("Có điều cần xem lại (%(code)s).")

_RESULTS = {
    "1": N_("Hoàn thành"),
    "2": N_("Làm dở"),
    "3": N_("Từ chối"),
    "4": N_("Vắng nhà"),
    "5": N_("Không đủ điều kiện"),
    "6": N_("Chuyển đi"),
}

ERROR_HEADINGS = {
    400: N_("Yêu cầu không đọc được"),
    401: N_("Cần đăng nhập"),
    403: N_("Không có quyền"),
    404: N_("Không tìm thấy"),
    405: N_("Địa chỉ này không dùng được như vậy"),
    409: N_("Có thay đổi trong lúc bạn làm"),
    413: N_("Gửi lên quá lớn"),
    422: N_("Còn chỗ cần sửa"),
    429: N_("Thử quá nhiều lần"),
    500: N_("Máy chủ gặp lỗi"),
    503: N_("Máy chủ tạm thời không ghi được"),
}
PAGE_TOO_OLD = N_("Trang đã mở quá lâu")
OTHER_ERROR = N_("Không làm được việc này")

ERROR_ADVICE = {
    400: N_("Quay lại trang trước, tải lại rồi làm lại. Những gì đã lưu trước đó vẫn còn."),
    401: N_("Phiên làm việc có thể đã hết hạn. Đăng nhập lại rồi làm tiếp."),
    403: N_("Nếu công việc của bạn cần trang này, hãy nhờ người quản trị của xã cấp quyền."),
    404: N_("Kiểm tra lại địa chỉ, hoặc đi từ trang đầu. Dữ liệu đã gửi không bị xóa bao giờ."),
    409: N_("Tải lại trang để xem điều vừa thay đổi rồi quyết định lại."),
    413: N_("Bớt nội dung hoặc tệp đính kèm rồi gửi lại."),
    422: N_("Quay lại trang trước, sửa chỗ được nêu rồi gửi lại."),
    429: N_("Đợi hết thời gian nêu trên. Quên mật khẩu thì nhờ người quản trị đặt lại."),
    500: N_("Lỗi đã được ghi lại, không kèm dữ liệu cá nhân. Thử lại sau ít phút."),
    503: N_("Không có gì bị mất. Thử lại sau ít phút; nếu vẫn vậy, báo người quản trị."),
}
OTHER_ADVICE = N_("Quay lại trang trước và thử lại; nếu vẫn vậy, báo người quản trị.")


def role(code: str) -> str:
    """The name of a role."""
    return gettext(_ROLES[Role(code)])


def state(code: str) -> tuple[str, str, str]:
    """(look, name, shape) of a state, for `ui.tag`."""
    look, shape, name = _STATES[State(code)]
    return look, gettext(name), shape


def counts(row: Listed) -> tuple[str, str, str]:
    """(look, name, shape): whether a submission is in the indicators."""
    look, shape, name = _COUNTS if row.counts else _COUNTS_NOT
    return look, gettext(name), shape


def why(row: Listed) -> str:
    """Why it is in the indicators, or not."""
    return gettext(_REPLACED if row.superseded else _WHY[row.state])


def rule() -> str:
    """Which submissions count, in a sentence."""
    return gettext(RULE)


def change(code: str) -> tuple[str, str, str]:
    """(look, name, shape) of what became of an answer."""
    look, shape, name = _CHANGES[Change(code)]
    return look, gettext(name), shape


def channel(code: str) -> str:
    """The name of the way by which something came."""
    return gettext(_CHANNELS[Channel(code)])


def action(code: str) -> str:
    """What an officer may decide, as a command."""
    return gettext(_ACTIONS[Action(code)])


def done(code: str) -> str:
    """What an officer decided, as a fact."""
    return gettext(_DONE[Action(code)])


def flag(code: str) -> str:
    """What only the whole collection shows about a submission, as a sentence."""
    return gettext(FLAGS[code]) if code in FLAGS else gettext(OTHER_FLAG, code=code)


def result(code: str | None) -> str:
    """How an interview ended; "" where the form does not say."""
    return gettext(_RESULTS[code]) if code in _RESULTS else ""
