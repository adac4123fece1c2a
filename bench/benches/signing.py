"""signing.pdf: one PAdES B-B signature with its visible picture, RSA-2048 soft key, key and picture cached.

In CPU time, as `openssl speed` counts too: what else the machine does at the time is in neither.
"""

import re
import subprocess
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.figures import Report, at_most, figure, in_turn
from bench.machine import machine, versions
from bench.registry import Wanted
from bench.splitting import split
from tinhso.core.printing.pictures import qr_svg
from tinhso.core.printing.render import render
from tinhso.core.time import VN_ZONE
from tinhso.foundation.signing.keys import load_soft_signer
from tinhso.foundation.signing.pictures.handwriting import handwriting_svg
from tinhso.foundation.signing.pki import Holder, new_authority
from tinhso.foundation.signing.sealing import prepare, sign_person

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=VN_ZONE)
PAPER = Path(__file__).parents[1] / "papers" / "decision.typ"
DECISION: dict[str, Any] = {
    "agency": "Ủy ban nhân dân xã Hùng Việt",
    "notation": "QĐ-UBND",
    "place": "Hùng Việt",
    "kind": "QUYẾT ĐỊNH",
    "subject": "Về việc trợ cấp xã hội hàng tháng",
    "authority": "KT. CHỦ TỊCH",
    "title": "PHÓ CHỦ TỊCH",
    "signer": "Đặng Thị Hường",
    "recipients": ["Như Điều 2;", "Lưu: VT, VHXH."],
    "qr": qr_svg("H44.34-261122-0007"),
}
YARDSTICK = "openssl speed rsa2048: một lần ký thô"


def run(wanted: Wanted) -> Report:
    authority = new_authority(now=NOW)
    holder = Holder("Ủy ban nhân dân xã Hùng Việt", "H44.34", "Đặng Thị Hường", "Phó Chủ tịch")
    signer = load_soft_signer(authority.issue(holder, "123456", now=NOW, rsa_bits=2048).p12, "123456")
    printed = render(PAPER, DECISION, now=NOW)
    prepared, picture = prepare(printed.pdf, printed.marks), handwriting_svg("Đặng Thị Hường")
    each = 10 if wanted.quick else 40

    def ours() -> float:
        began = time.process_time()
        for _ in range(each):
            sign_person(prepared, signer, picture=picture, now=NOW)
        return (time.process_time() - began) / each * 1000

    sign_person(prepared, signer, picture=picture, now=NOW)
    values, beside = in_turn(ours, raw_signature, 5 if wanted.quick else 9)
    found = figure("signing.pdf", values, "ms CPU/chữ ký", at_most(18), yardstick=YARDSTICK, beside=beside)
    parts = split(lambda: sign_person(prepared, signer, picture=picture, now=NOW), 20)
    data = {"paper_bytes": len(prepared), "pages": 1, "key": "RSA-2048", "signatures_a_run": each}
    return Report("signing", machine(), versions(), data, [found], {"signing.pdf": parts})


def raw_signature() -> float:
    """Milliseconds of one RSA-2048 signature as OpenSSL's own bench has it."""
    command = ["openssl", "speed", "-seconds", "1", "-mr", "rsa2048"]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"^\+F2:\d+:2048:([0-9.e+-]+):", told.stdout, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"openssl speed said: {told.stdout}")
    said = float(found[1])
    return 1000 / said if said > 1 else said * 1000  # version 3 says how many a second, older ones how long
