"""Telling the partner, server to server: rightly, twice, late, with a wrong amount or signature, or not at all."""

import json
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from enum import Enum

from doubles.payment_gateway.bank import CARD, Transaction
from doubles.payment_gateway.protocol import SIGNATURE, signed

VERSION = "1.0.6"


class Manner(Enum):
    ONCE = "mot-lan"
    TWICE = "hai-lan"
    LATE = "cham"
    WRONG_AMOUNT = "sai-tien"
    BAD_SIGNATURE = "sai-chu-ky"
    NEVER = "khong"


WORDS = {
    Manner.ONCE: "Báo một lần (bình thường)",
    Manner.TWICE: "Báo hai lần cùng lúc",
    Manner.LATE: "Báo chậm",
    Manner.WRONG_AMOUNT: "Báo sai số tiền",
    Manner.BAD_SIGNATURE: "Báo với mã xác thực sai",
    Manner.NEVER: "Không báo",
}


@dataclass(frozen=True)
class Told:
    """One call-back that was made: the partner's HTTP status (0: no answer) and result code."""

    transaction: str
    manner: str
    status: int
    code: str


@dataclass
class Caller:
    """Calls back in threads of its own; what it told and was answered is in `log`."""

    url: str
    secret: str = field(repr=False)
    late_seconds: float = 5.0
    retries: int = 5
    log: list[Told] = field(default_factory=list)

    def tell(self, partner: str, moved: Transaction, manner: Manner) -> None:
        """Tell in threads; returns when each has been told once (late ones: at once). Retries go on behind."""
        count = {Manner.TWICE: 2, Manner.NEVER: 0}.get(manner, 1)
        told = threading.Semaphore(0)
        for _ in range(count):
            threading.Thread(target=self._tell, args=(partner, moved, manner, told), daemon=True).start()
        for _ in range(0 if manner is Manner.LATE else count):
            told.acquire()

    def _tell(self, partner: str, moved: Transaction, manner: Manner, told: threading.Semaphore) -> None:
        if manner is Manner.LATE:
            time.sleep(self.late_seconds)
        body = self._body(partner, moved, manner)
        url = self.url.replace("{kenh}", "the" if moved.channel == CARD else "vietqr")
        for attempt in range(self.retries + 1):
            status, code = _post(url, body)
            self.log.append(Told(moved.id, manner.value, status, code))
            told.release()
            if code == "00" or 400 <= status < 500:
                return
            time.sleep(min(2**attempt * 0.5, 30))

    def _body(self, partner: str, moved: Transaction, manner: Manner) -> bytes:
        message = {
            "LoaiBanTin": "RESULT",
            "PhienBan": VERSION,
            "MaDoiTac": partner,
            "MaKenhThanhToan": moved.channel,
            **moved.fields(),
        }
        if manner is Manner.WRONG_AMOUNT:
            message["SoTien"] = max(moved.amount // 2, 1)
        message = signed(message, self.secret)
        if manner is Manner.BAD_SIGNATURE:
            message[SIGNATURE] = "0" * 64
        return json.dumps(message, ensure_ascii=False).encode()


def _post(url: str, body: bytes) -> tuple[int, str]:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 the operator's URL
    try:
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310 the operator's URL
            return response.status, _code(response.read(65536))
    except urllib.error.HTTPError as error:
        return error.code, _code(error.read(65536))
    except OSError:
        return 0, ""


def _code(body: bytes) -> str:
    try:
        return str(json.loads(body)["MaKetQua"])
    except (ValueError, KeyError, TypeError):
        return ""
