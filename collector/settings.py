"""Every setting of the service, once: name, default, what it is for in both languages.

The table is the body of `Settings`. `SETTINGS` reads it back as rows, which is what the README is
checked against. Only `create_app` calls `from_environment`; nothing else reads the environment.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from analysis.types import Text
from collector import discretion

ROOT = Path(__file__).resolve().parent.parent
SECRET_FILE = "secret-key"  # noqa: S105 - the name of a file, not a secret
SHORTEST_SECRET = 32
_UNTOLD = ("DATABASE_URL", "SECRET_KEY", "SMTP_PASSWORD", "SEALED_KEY")


class SettingsRefused(ValueError):
    """The service must not start with these settings; the text says what to do (vi, then en)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: the environment variable, its default as text, its help."""

    name: str
    default: str
    help: Text


def _truth(text: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    return known[text.strip().lower() or "0"]


def _five_digits(text: str) -> str:
    if not (len(text) == 5 and text.isascii() and text.isdigit()):
        raise ValueError(text)
    return text


def _database(text: str) -> str:
    """An address that SQLAlchemy reads, of a database that we ship a driver for."""
    try:
        kind = make_url(text).get_backend_name()
    except ArgumentError as error:
        raise ValueError(text) from error
    if kind not in ("sqlite", "postgresql", "postgres"):
        raise ValueError(text)
    return text


def _wrong(name: str, text: str, wanted: Text) -> str:
    """Both languages; an address may hold a password and is not repeated."""
    came = f"{name}={text!r}" if name not in _UNTOLD else name
    return f"{came}: {wanted.vi}\n  {wanted.en}"


def _setting(default: Any, vi: str, en: str, read: Callable[[str], Any] = str) -> Any:
    return field(default=default, metadata={"help": Text(vi, en), "read": read})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, typed. Sizes in bytes, times in seconds, unless the help says otherwise."""

    environment: str = _setting(
        "production",
        "production (chạy thật), development (thử trên máy mình) hoặc testing (kiểm thử).",
        "production, development (on one's own machine) or testing.",
    )
    secret_key: str = _setting(
        "",
        "Khóa bí mật ký phiên đăng nhập, ít nhất 32 ký tự. Để trống thì đọc tệp secret-key trong "
        "DATA_FOLDER; chạy thật mà thiếu cả hai thì không khởi động.",
        "Secret that signs sessions, at least 32 characters. Empty: the file secret-key in "
        "DATA_FOLDER is read; in production the service does not start without either.",
    )
    data_folder: Path = _setting(  # noqa: RUF009 - Path is frozen too
        ROOT / "var",
        "Thư mục chứa cơ sở dữ liệu SQLite và tệp secret-key.",
        "Folder of the SQLite database and of the file secret-key.",
        Path,
    )
    database_url: str = _setting(
        "",
        "Địa chỉ cơ sở dữ liệu, ví dụ postgresql://user:password@host/name. Để trống thì dùng "
        "SQLite trong DATA_FOLDER.",
        "Address of the database, such as postgresql://user:password@host/name. Empty: SQLite in "
        "DATA_FOLDER.",
        _database,
    )
    forms_folder: Path = _setting(  # noqa: RUF009 - Path is frozen too
        ROOT / "forms" / "published",
        "Thư mục các biểu mẫu đã ban hành.",
        "Folder of the published forms.",
        Path,
    )
    commune_code: str = _setting(
        "11668", "Mã số của xã (5 chữ số).", "The commune's official code (5 digits).", _five_digits
    )
    commune_name: str = _setting("Xã An Khánh", "Tên xã.", "Name of the commune.")
    demonstration: bool = _setting(
        False,
        "1: dữ liệu là ví dụ bịa ra, mọi trang và báo cáo đều ghi rõ như vậy.",
        "1: the data are invented, and every page and report says so.",
        _truth,
    )
    public_url: str = _setting(
        "",
        "Địa chỉ mà điện thoại dùng để vào, ví dụ https://so-thon.example.vn; bắt đầu bằng https "
        "thì cookie chỉ đi qua kết nối an toàn. Để trống thì lấy theo yêu cầu gửi đến.",
        "Address that phones use, such as https://so-thon.example.vn; with https cookies only "
        "travel over it. Empty: taken from the request.",
    )
    proxies: int = _setting(
        0,
        "Số máy chủ ủy quyền (reverse proxy) đứng trước; 0 là không có.",
        "Number of reverse proxies in front; 0 for none.",
        int,
    )
    max_body: int = _setting(
        100_000_000,
        "Cỡ lớn nhất của một lần gửi qua ODK Collect, kể cả tệp đính kèm (byte).",
        "Largest post from ODK Collect, attachments included (bytes).",
        int,
    )
    max_xml: int = _setting(
        2_000_000,
        "Cỡ lớn nhất của riêng phần trả lời trong một phiếu (byte).",
        "Largest size of one submission's answers alone (bytes).",
        int,
    )
    session_hours: int = _setting(
        8,
        "Phiên đăng nhập trên trang web hết hạn sau từng này giờ không dùng.",
        "A session on the pages ends after this many hours without use.",
        int,
    )
    credentials_seconds: int = _setting(
        600,
        "Thời gian nhớ một lần kiểm mật khẩu thành công của ODK Collect (giây).",
        "How long a verified password of ODK Collect is remembered (seconds).",
        int,
    )
    database_connections: int = _setting(
        10,
        "Số kết nối cơ sở dữ liệu tối đa của mỗi tiến trình.",
        "Most database connections of one process.",
        int,
    )
    database_wait: float = _setting(
        5.0,
        "Chờ khóa hoặc kết nối cơ sở dữ liệu lâu nhất bao nhiêu giây trước khi trả lời 503.",
        "Longest wait for a lock or connection of the database, in seconds, before a 503.",
        float,
    )
    sealed_key: str = _setting(
        "",
        "Khóa công khai (base64) để khóa câu trả lời của phiếu riêng; để trống thì đọc tệp "
        "sealed-key.pub trong DATA_FOLDER (`flask sealed keygen` tạo ra). Không có khóa thì không "
        "có phiếu riêng.",
        "Public key (base64) to which answers of the private form are sealed; empty: the file "
        "sealed-key.pub in DATA_FOLDER is read (`flask sealed keygen` makes it). Without a key "
        "there is no private form.",
    )
    experience_questions: bool = _setting(
        False,
        "1: phiếu riêng có thêm phần hỏi về chuyện đã trải qua. Chỉ bật được khi có văn bản chấp "
        "thuận về đạo đức nghiên cứu: bốn dòng dưới phải ghi đủ.",
        "1: the private form also has the part on one's own experience. It can only be switched on "
        "with an ethics approval: the next four lines must all be filled in.",
        _truth,
    )
    ethics_approval: str = _setting(
        "",
        "Tên hoặc số của văn bản chấp thuận.",
        "Name or number of the ethics approval.",
    )
    ethics_body: str = _setting("", "Hội đồng hoặc cơ quan chấp thuận.", "Body that approved.")
    ethics_date: str = _setting(
        "", "Ngày chấp thuận (YYYY-MM-DD).", "Day of the approval (YYYY-MM-DD)."
    )
    ethics_until: str = _setting(
        "",
        "Chấp thuận có hiệu lực đến hết ngày (YYYY-MM-DD). Qua ngày ấy phần này tự tắt.",
        "Last day of the approval (YYYY-MM-DD). After it that part switches itself off.",
    )
    hotlines: str = _setting(
        "111=Tổng đài quốc gia bảo vệ trẻ em, cả ngày đêm / National child protection line, day "
        "and night; 113=Công an / Police; 1900 969 680=Ngôi nhà Bình yên, cả ngày đêm / Peace "
        "House, day and night; 1800 1768=Hội Nông dân, không mất tiền / Farmers' Union, free of "
        "charge",
        "Các số điện thoại hiện cho mọi người ở cuối phiếu riêng: số=tiếng Việt / English; …",
        "Telephone numbers shown to everyone at the end of the private form: "
        "number=Vietnamese / English; …",
    )
    hotlines_checked_on: str = _setting(
        "2026-11-22",
        "Ngày đã kiểm tra các số ấy (YYYY-MM-DD); trang cuối ghi ngày này.",
        "Day on which these numbers were checked (YYYY-MM-DD); the last page says it.",
    )
    quick_exit_url: str = _setting(
        "https://nchmf.gov.vn/",
        "Trang thời tiết mà nút thoát nhanh của phiếu riêng mở ra.",
        "Weather page to which the private form's quick exit goes.",
    )
    smtp_host: str = _setting(
        "",
        "Máy chủ thư gửi thư nhắc hạn nộp báo cáo. Để trống thì không gửi thư nào.",
        "Mail server that sends the reminders of due returns. Empty: no mail is sent.",
    )
    smtp_port: int = _setting(
        587,
        "Cổng của máy chủ thư.",
        "Port of the mail server.",
        int,
    )
    smtp_security: str = _setting(
        "starttls",
        "starttls (mã hóa sau khi nối), tls (mã hóa ngay khi nối) hoặc none (không mã hóa, chỉ cho "
        "máy chủ thư trên chính máy này).",
        "starttls (encrypted once connected), tls (encrypted from the start) or none (not "
        "encrypted, only for a mail server on this machine).",
    )
    smtp_user: str = _setting(
        "",
        "Tên đăng nhập máy chủ thư. Để trống thì không đăng nhập.",
        "User name at the mail server. Empty: no sign-in.",
    )
    smtp_password: str = _setting("", "Mật khẩu của máy chủ thư.", "Password at the mail server.")
    smtp_from: str = _setting(
        "",
        "Địa chỉ gửi của thư nhắc, ví dụ bao-cao@xa.example.vn.",
        "Sender's address of the reminders, such as reports@commune.example.vn.",
    )
    reminder_days: int = _setting(
        3,
        "Nhắc trước hạn nộp từng này ngày; mỗi hạn một người nhận một thư.",
        "Remind this many days before the due day; each due day once for each recipient.",
        int,
    )
    log_level: str = _setting(
        "info",
        "Mức ghi nhật ký: debug, info, warning, error. Nhật ký không có dữ liệu cá nhân.",
        "Log level: debug, info, warning, error. Logs hold no personal data.",
    )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Settings from `environ`; raises SettingsRefused with every wrong value named."""
        values, wrong = {}, []
        for row in fields(cls):
            text = environ.get(row.name.upper())
            if text is None or text == "":
                continue
            try:
                values[row.name] = row.metadata["read"](text)
            except (KeyError, ValueError):
                wrong.append(_wrong(row.name.upper(), text, row.metadata["help"]))
        if wrong:
            raise SettingsRefused("\n".join(wrong))
        return cls(**values).checked()

    def checked(self) -> Settings:
        """Itself with the secret filled in; raises SettingsRefused where it must not start."""
        if self.environment not in ("production", "development", "testing"):
            raise SettingsRefused(f"ENVIRONMENT={self.environment!r}: production | development")
        secret = self.secret_key or _read_secret(self.data_folder / SECRET_FILE)
        if not secret and self.environment != "production":
            secret = secrets.token_urlsafe(48)  # sessions end with the process: fine for a trial
        if len(secret) < SHORTEST_SECRET:
            raise SettingsRefused(_MISSING.format(path=self.data_folder / SECRET_FILE))
        self._check_discretion()
        return _with(self, secret_key=secret)

    @property
    def commune(self) -> tuple[str, str]:
        """Code and name of the commune whose data this service holds."""
        return self.commune_code, self.commune_name

    @property
    def approval(self) -> discretion.Approval:
        """The ethics approval, as far as it is filled in."""
        return discretion.Approval(
            self.ethics_approval, self.ethics_body, self.ethics_date, self.ethics_until
        )

    @property
    def public_key(self) -> bytes | None:
        """The key to which the private form's answers are sealed; None: there is no such form."""
        return discretion.public_key(self.sealed_key, self.data_folder)

    def asks_experience(self, today: date) -> bool:
        """True while the part on one's own experience is switched on and approved."""
        return self.experience_questions and self.approval.holds(today)

    def _check_discretion(self) -> None:
        wrong = discretion.complaints(
            wanted=self.experience_questions,
            approval=self.approval,
            lines=self.hotlines,
            checked_on=self.hotlines_checked_on,
            leave=self.quick_exit_url,
        )
        try:
            discretion.public_key(self.sealed_key, self.data_folder)
        except ValueError:
            wrong.append(_BAD_KEY.format(path=self.data_folder / discretion.KEY_FILE))
        if wrong:
            raise SettingsRefused("\n".join(wrong))

    @property
    def sqlalchemy_url(self) -> str:
        """The database address in SQLAlchemy's words, with the driver that we ship."""
        if not self.database_url:
            # absolute: Flask-SQLAlchemy would look for a relative one in its instance folder
            return f"sqlite:///{(self.data_folder / 'so-thon.sqlite').absolute()}"
        for prefix in ("postgres://", "postgresql://"):
            if self.database_url.startswith(prefix):
                return "postgresql+psycopg://" + self.database_url.removeprefix(prefix)
        return self.database_url


_MISSING = (
    "Không có khóa bí mật ở {path}. Đặt DATA_FOLDER là thư mục của dịch vụ (`make run` làm ra "
    "var/demonstration, `make run DEMO=0` làm ra var/service), hoặc đặt SECRET_KEY (ít nhất 32 ký "
    "tự).\n"
    "There is no secret key at {path}. Set DATA_FOLDER to the service's folder (`make run` makes "
    "var/demonstration, `make run DEMO=0` var/service), or set SECRET_KEY (at least 32 characters)."
)

_UNREADABLE = (
    "Không đọc được {path}: cần một tệp văn bản mà tài khoản đang chạy dịch vụ đọc được.\n"
    "Cannot read {path}: a text file is due that the account of the service may read."
)
_BAD_KEY = (
    "SEALED_KEY hoặc {path} không phải khóa công khai 32 byte dạng base64; tạo bằng `flask sealed "
    "keygen`.\nSEALED_KEY or {path} is not a public key of 32 bytes in base64; `flask sealed "
    "keygen` makes one."
)


def _with(settings: Settings, **changes: Any) -> Settings:
    values = {row.name: getattr(settings, row.name) for row in fields(Settings)}
    return Settings(**{**values, **changes})


def _read_secret(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsRefused(_UNREADABLE.format(path=path)) from error


def write_secret(folder: Path) -> Path:
    """Make `folder/secret-key`, for its owner's eyes only, unless it is there; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / SECRET_FILE
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48) + "\n", encoding="utf-8")
    return path


def _default_text(value: Any) -> str:
    if isinstance(value, Path):
        return str(value.relative_to(ROOT))
    return str(int(value)) if isinstance(value, bool) else str(value)


SETTINGS: tuple[Setting, ...] = tuple(
    Setting(row.name.upper(), _default_text(row.default), row.metadata["help"])
    for row in fields(Settings)
    if row.default is not MISSING
)
