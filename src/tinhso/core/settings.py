"""The installation's settings: one frozen, typed object, read from the environment once.

Every `TINHSO_X` may be given as `TINHSO_X_FILE`, the path of a file that holds the value.
In demo mode missing secrets are generated under the home folder with mode 0600; in production they are required; in
test mode they are known, so that a database made by one run can be read by the next.
"""

import base64
import hashlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from tinhso.core.account import ROOT_HOME, keep_owner
from tinhso.core.time import CLOCK_VARIABLE


class Mode(StrEnum):
    DEMO = "demo"
    PRODUCTION = "production"
    TEST = "test"


class UnsafeSettings(Exception):
    """The settings cannot be run with; the message lists every fault, one a line."""


DEMO_HOTLINE = "1900 0000"
DEMO_ACCOUNT = "0000000000"
DEMO_PARTNER = "TINHSO"
NONE = "none"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator decides.

    `home`: folder of everything this installation keeps beside the database; `blobs`: folder of the files people hand
    in and receive, `home`/blobs unless said. `installation_key`: 32 bytes; files, sensitive fields and private payloads
    cannot be read without it. `mail_url`: `smtp://user:password@host:port`,
    `smtps://…` or `file:///folder`; `sms_url`: `file:///folder`, or empty for no SMS. `gateway_url`, `gateway_secret`:
    the card and bank-transfer gateway. `bank_bin`, `bank_account`: where citizens transfer fees to; both empty (given
    as `none`) for no bank transfer. `trial_bank_url`: where who tries the system out pays without money, empty for
    none; refused in production. `trust_proxy`: the server in front says by `X-Forwarded-Proto` whether a request
    came over TLS, and strips that header from what strangers send. `officer_idle_minutes`: an officer's session ends
    after so long without a request (assumed).
    """

    mode: Mode
    home: Path
    blobs: Path
    base_url: str
    secret_key: str
    installation_key: bytes
    province_name: str
    hotline: str
    listen_host: str
    listen_port: int
    mail_url: str
    mail_from: str
    sms_url: str
    gateway_url: str
    gateway_secret: str
    gateway_partner: str
    bank_bin: str
    bank_account: str
    trial_bank_url: str
    metrics_token: str
    upload_limit: int
    workers: int
    trust_proxy: bool
    officer_idle_minutes: int

    @property
    def demo(self) -> bool:
        return self.mode is Mode.DEMO

    @property
    def production(self) -> bool:
        return self.mode is Mode.PRODUCTION

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")


def default_home(environ: Mapping[str, str]) -> Path:
    """`TINHSO_HOME`, or /var/lib/tinhso for root, or the XDG data folder."""
    if home := environ.get("TINHSO_HOME"):
        return Path(home)
    if os.geteuid() == 0:
        return ROOT_HOME
    data = environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "tinhso"


def load(environ: Mapping[str, str]) -> Settings:
    """Settings from the environment. Raises UnsafeSettings with every fault found."""
    mode = Mode(environ.get("TINHSO_MODE", Mode.DEMO))
    home = default_home(environ)
    faults: list[str] = []

    def get(name: str, default: str) -> str:
        if path := environ.get(f"TINHSO_{name}_FILE"):
            return Path(path).read_text(encoding="utf-8").strip()
        return environ.get(f"TINHSO_{name}", default)

    def secret(name: str, generate: str) -> str:
        if value := get(name, ""):
            return value
        if mode is Mode.PRODUCTION:
            faults.append(f"TINHSO_{name} chưa được đặt (bắt buộc khi chạy thật)")
            return ""
        if mode is Mode.TEST:
            return base64.b64encode(hashlib.sha256(name.encode()).digest()).decode()
        return _kept_secret(home / "secrets" / name.lower(), generate)

    def told(name: str, demo: str) -> str:
        """What only the operator can know: the demo's value never reaches production."""
        value = get(name, "" if mode is Mode.PRODUCTION else demo)
        if not value and mode is Mode.PRODUCTION:
            faults.append(f"TINHSO_{name} chưa được đặt (bắt buộc khi chạy thật)")
        return value

    port = int(get("PORT", "8000"))
    base_url = get("BASE_URL", "" if mode is Mode.PRODUCTION else f"http://127.0.0.1:{port}").rstrip("/")
    key = secret("INSTALLATION_KEY", base64.b64encode(secrets.token_bytes(32)).decode())
    settings = Settings(
        mode=mode,
        home=home,
        blobs=Path(get("BLOBS", str(home / "blobs"))),
        base_url=base_url,
        secret_key=secret("SECRET_KEY", secrets.token_urlsafe(48)),
        installation_key=_key_bytes(key, faults),
        province_name=told("PROVINCE", "Tỉnh Phú Thọ"),
        hotline=told("HOTLINE", DEMO_HOTLINE),
        listen_host=get("HOST", "127.0.0.1"),
        listen_port=port,
        mail_url=get("MAIL_URL", (home / "mail").as_uri()),
        mail_from=told("MAIL_FROM", "khong-tra-loi@tinhso.example"),
        sms_url=get("SMS_URL", "" if mode is Mode.PRODUCTION else (home / "sms").as_uri()),
        gateway_url=get("GATEWAY_URL", "").rstrip("/"),
        gateway_secret=secret("GATEWAY_SECRET", secrets.token_urlsafe(32)),
        gateway_partner=get("GATEWAY_PARTNER", "" if mode is Mode.PRODUCTION else DEMO_PARTNER),
        bank_bin=_unless_none(told("BANK_BIN", "970400")),
        bank_account=_unless_none(told("BANK_ACCOUNT", DEMO_ACCOUNT)),
        trial_bank_url=get("TRIAL_BANK_URL", ""),
        metrics_token=get("METRICS_TOKEN", ""),
        upload_limit=int(get("UPLOAD_LIMIT", str(20 * 1024 * 1024))),
        workers=int(get("WORKERS", str(os.cpu_count() or 1))),
        trust_proxy=get("TRUST_PROXY", "") in ("1", "true", "yes"),
        officer_idle_minutes=int(get("OFFICER_IDLE_MINUTES", "60")),
    )
    if mode is Mode.PRODUCTION:
        faults += _production_faults(settings, environ)
    if faults:
        raise UnsafeSettings("\n".join(faults))
    return settings


@cache
def current() -> Settings:
    """The settings of this process."""
    return load(os.environ)


def _production_faults(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    faults = []
    if not settings.secure:
        faults.append("TINHSO_BASE_URL phải là địa chỉ https:// mà người dân truy cập (mã QR in địa chỉ này)")
    if environ.get(CLOCK_VARIABLE):
        faults.append(f"{CLOCK_VARIABLE} (đồng hồ thử nghiệm) không được dùng khi chạy thật")
    if 0 < len(settings.secret_key) < 32:
        faults.append("TINHSO_SECRET_KEY quá ngắn (cần ít nhất 32 ký tự)")
    if settings.mail_url.startswith("file:"):
        faults.append("TINHSO_MAIL_URL phải là máy chủ thư (smtp:// hoặc smtps://), không phải thư mục")
    if not settings.metrics_token:
        faults.append("TINHSO_METRICS_TOKEN chưa được đặt (số đo vận hành không để công khai)")
    if settings.hotline == DEMO_HOTLINE:
        faults.append("TINHSO_HOTLINE là số của bản dùng thử; ghi số tổng đài thật")
    if settings.mail_from.rstrip("> ").endswith(".example"):
        faults.append("TINHSO_MAIL_FROM dùng tên miền .example, không gửi thư thật được")
    return faults + _money_faults(settings)


def _money_faults(settings: Settings) -> list[str]:
    """What would send citizens' money, or word of it, to nobody or in the open."""
    faults = []
    if settings.bank_account == DEMO_ACCOUNT:
        faults.append("TINHSO_BANK_ACCOUNT là tài khoản của bản dùng thử; ghi tài khoản thật, hoặc none")
    if settings.trial_bank_url:
        faults.append("TINHSO_TRIAL_BANK_URL chỉ dùng khi dùng thử; bỏ đi khi chạy thật")
    if bool(settings.bank_bin) != bool(settings.bank_account):
        faults.append("TINHSO_BANK_BIN và TINHSO_BANK_ACCOUNT đi cùng nhau: cả hai là thật, hoặc cả hai là none")
    if settings.bank_bin and not re.fullmatch("[0-9]{6}", settings.bank_bin):
        faults.append("TINHSO_BANK_BIN phải là mã ngân hàng 6 chữ số")
    if settings.gateway_url and not settings.gateway_url.startswith("https://"):
        faults.append("TINHSO_GATEWAY_URL phải là địa chỉ https://")
    if settings.gateway_url and not settings.gateway_partner:
        faults.append("TINHSO_GATEWAY_PARTNER chưa được đặt (mã của tỉnh ở cổng thanh toán)")
    return faults


def _unless_none(value: str) -> str:
    return "" if value == NONE else value


def _key_bytes(text: str, faults: list[str]) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) != 32 and text:
        faults.append("TINHSO_INSTALLATION_KEY phải là 32 byte viết theo base64")
    return key


def _kept_secret(path: Path, generated: str) -> str:
    """The secret kept at `path`; the first of several starting processes writes it, the others read it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    if not path.exists():
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(generated)
            keep_owner(file.fileno(), path.parent)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="utf-8").strip()
