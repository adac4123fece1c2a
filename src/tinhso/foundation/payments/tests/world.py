"""The persons, posts and requests that these tests are about."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from tinhso.core.context import Context
from tinhso.core.time import VN_ZONE
from tinhso.foundation.agencies.models import Agency, Post
from tinhso.foundation.payments.actions.receive_callback import Outcome, receive_callback
from tinhso.foundation.payments.actions.request_payment import Collector, Payer, request_payment
from tinhso.foundation.payments.gateways.base import GatewayConfig
from tinhso.foundation.payments.gateways.card import CardGateway
from tinhso.foundation.payments.gateways.message import sign
from tinhso.foundation.payments.gateways.vietqr import VietQRGateway
from tinhso.foundation.payments.models import PaymentRequest
from tinhso.foundation.payments.rules.fees import Assessment, Fee, FeeKind, Fixed, Situation, assess
from tinhso.foundation.payments.rules.fees import Channel as FilingChannel
from tinhso.foundation.payments.rules.law import Basis, Mark

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=VN_ZONE)
SECRET = "chung"
ACCOUNT = "3712000111"
VIETQR = VietQRGateway(GatewayConfig("vietqr", "Ngân hàng", "TINHSO", SECRET, "http://127.0.0.1:1"))
CARD = CardGateway(GatewayConfig("the", "Cổng thẻ", "TINHSO", SECRET, "http://127.0.0.1:1"))
GATEWAY = Context(now=NOW)

_case_ids = count(910_001)


@dataclass(frozen=True)
class Office:
    """A commune's committee that collects; officers in posts there, at its centre, at the province's, elsewhere."""

    agency: Agency
    counter: Context
    leader: Context
    head: Context
    treasurer: Context
    clerk: Context
    specialist: Context
    other_leader: Context


def make_office() -> Office:
    committee = _agency("commune_committee")
    centre = _agency("commune_centre", parent=committee)
    elsewhere, province = _agency("department"), _agency("province_centre")
    return Office(
        agency=committee,
        counter=_officer(centre, Post.Role.COUNTER, 1),
        leader=_officer(committee, Post.Role.LEADER, 2),
        head=_officer(centre, Post.Role.HEAD, 3),
        treasurer=_officer(province, Post.Role.HEAD, 6),
        clerk=_officer(committee, Post.Role.CLERK, 7),
        specialist=_officer(committee, Post.Role.SPECIALIST, 4),
        other_leader=_officer(elsewhere, Post.Role.LEADER, 5),
    )


def make_request(
    office: Office, amount: int = 20_000, *, case_id: int | None = None, round_: int = 1
) -> PaymentRequest:
    case_id = case_id or next(_case_ids)
    return request_payment(
        GATEWAY,
        case_id=case_id,
        dossier_code=f"H44.12-261123-{case_id % 10_000:04d}",
        payment_round=round_,
        assessment=of_amount(amount),
        payer=Payer("Nguyễn Thị Lan", "Khu 3"),
        collector=Collector(office.agency.pk, office.agency.name, "2600000000", "970400", ACCOUNT, "UBND XA DEMO"),
    )


def of_amount(amount: int) -> Assessment:
    basis = Basis("Thông tư 226/2016/TT-BTC", Mark.SECONDARY)
    fee = Fee("2.000884", "Phí chứng thực chữ ký", FeeKind.FEE, Fixed(amount), basis)
    return assess([fee], Situation(NOW.date(), FilingChannel.IN_PERSON))


def transfer_body(
    reference: str,
    amount: int = 20_000,
    external_id: str = "GD1",
    *,
    status: str = "00",
    account: str = ACCOUNT,
    channel: str = "VIETQR",
    secret: str = SECRET,
    at: str = "20261123085900",
) -> bytes:
    """A signed call-back as a gateway sends it."""
    message = {
        "LoaiBanTin": "RESULT",
        "PhienBan": "1.0.6",
        "MaDoiTac": "TINHSO",
        "MaKenhThanhToan": channel,
        "MaGiaoDich": external_id,
        "MaThamChieu": reference,
        "SoTien": amount,
        "MaTienTe": "VND",
        "ThoiGianGD": at,
        "TrangThai": status,
        "TKThuHuong": account,
    }
    return json.dumps(sign(message, secret), ensure_ascii=False).encode()


def hear(body: bytes, gateway: VietQRGateway | CardGateway = VIETQR, *, minutes: int = 0) -> Outcome:
    return receive_callback(GATEWAY.at(NOW + timedelta(minutes=minutes)), gateway, body, {})


_keys = count(1)


def _agency(kind: str, parent: Agency | None = None) -> Agency:
    key = f"tt-{kind}-{next(_keys)}"
    return Agency.objects.create(
        key=key,
        kind=kind,
        parent=parent,
        level="commune",
        name="Ủy ban nhân dân xã Thử",
        short_name="Xã Thử",
        valid_from=date(2025, 7, 1),
        search_key=key,
        sort_key=key,
    )


def _officer(agency: Agency, role: str, account_id: int) -> Context:
    key = f"{agency.key}-{role}-{next(_keys)}"
    post = Post.objects.create(agency=agency, key=key, role=role, title=role, valid_from=date(2025, 7, 1))
    return Context(now=NOW, account_id=account_id, post_id=post.pk, agency_id=agency.pk)
