"""A decision of a commune on its way from draft to sealed, made once a session with a demo authority."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tinhso.core.printing.pictures import qr_svg
from tinhso.core.printing.render import Printed, render
from tinhso.core.time import VN_ZONE
from tinhso.foundation.signing.keys import SoftSigner, load_soft_signer
from tinhso.foundation.signing.pictures.handwriting import handwriting_svg
from tinhso.foundation.signing.pictures.seal import seal_svg
from tinhso.foundation.signing.pki import Authority, Holder, new_authority
from tinhso.foundation.signing.sealing import prepare, seal, sign_person

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=VN_ZONE)
PIN = "123456"
AGENCY = "Ủy ban nhân dân xã Hùng Việt"
LEADER = Holder(AGENCY, "H44.34", "Đặng Thị Hường", "Phó Chủ tịch")
DECISION: dict[str, Any] = {
    "agency": "ỦY BAN NHÂN DÂN XÃ HÙNG VIỆT",
    "notation": "QĐ-UBND",
    "place": "Hùng Việt",
    "kind": "QUYẾT ĐỊNH",
    "subject": "Về việc trợ cấp xã hội hàng tháng đối với ông Nguyễn Văn Thưởng",
    "authority": "KT. CHỦ TỊCH",
    "title": "PHÓ CHỦ TỊCH",
    "signer": "Đặng Thị Hường",
    "recipients": ["Như Điều 2;", "Lưu: VT, VHXH."],
    "qr": qr_svg("H44.34-261122-0007"),
    "grounds": ["Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;"],
    "articles": [
        {"head": "Điều 1.", "text": "Trợ cấp cho ông Nguyễn Văn Thưởng mức 1.000.000 đồng một tháng."},
        {"head": "Điều 2.", "text": "Văn phòng và ông Nguyễn Văn Thưởng chịu trách nhiệm thi hành./."},
    ],
}


@dataclass(frozen=True)
class Chain:
    """One paper after each step, and who signed it."""

    authority: Authority
    leader: SoftSigner
    agency: SoftSigner
    draft: Printed
    prepared: bytes
    signed: bytes
    sealed: bytes

    @property
    def roots(self) -> list[bytes]:
        return [self.authority.root_pem]


def print_decision(**changes: Any) -> Printed:
    return render(HERE / "decision.typ", {**DECISION, **changes}, now=NOW)


def signer_of(authority: Authority, holder: Holder, **options: Any) -> SoftSigner:
    return load_soft_signer(authority.issue(holder, PIN, now=NOW, **options).p12, PIN)


def put_seal(pdf: bytes, agency: SoftSigner, number: int = 7) -> bytes:
    picture = seal_svg(AGENCY, "Tỉnh Phú Thọ")
    return seal(pdf, agency, number=number, issued_on=date(2026, 11, 22), picture=picture, now=NOW)


def put_signature(pdf: bytes, leader: SoftSigner) -> bytes:
    return sign_person(pdf, leader, picture=handwriting_svg("Đặng Thị Hường"), now=NOW)


def make_chain(**options: Any) -> Chain:
    authority = new_authority(now=NOW)
    leader = signer_of(authority, LEADER, **options)
    agency = signer_of(authority, Holder(AGENCY, "H44.34"), **options)
    draft = print_decision()
    prepared = prepare(draft.pdf, draft.marks)
    signed = put_signature(prepared, leader)
    return Chain(authority, leader, agency, draft, prepared, signed, put_seal(signed, agency))


@pytest.fixture(scope="session")
def chain() -> Chain:
    return make_chain()
