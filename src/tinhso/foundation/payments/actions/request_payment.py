"""Ask for money for a dossier."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid
from tinhso.core.ids import uuid7
from tinhso.core.money import format_dong
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import enter
from tinhso.foundation.payments.events import RequestMade
from tinhso.foundation.payments.models import PaymentRequest
from tinhso.foundation.payments.rules import chart
from tinhso.foundation.payments.rules.declared import lines_as_json
from tinhso.foundation.payments.rules.fees import Assessment
from tinhso.foundation.payments.rules.reference import reference_for


@dataclass(frozen=True, slots=True)
class Payer:
    """Who owes, as the receipt names them; `tax_code` for organisations."""

    name: str
    address: str = ""
    tax_code: str = ""


@dataclass(frozen=True, slots=True)
class Collector:
    """Whose fee it is, and its account (empty: only the counter takes money)."""

    agency_id: int
    name: str
    tax_code: str = ""
    bank_bin: str = ""
    bank_account: str = ""
    bank_holder: str = ""


@transaction.atomic
def request_payment(
    ctx: Context,
    *,
    case_id: int,
    dossier_code: str,
    payment_round: int,
    assessment: Assessment,
    payer: Payer,
    collector: Collector,
) -> PaymentRequest:
    """The request for `payment_round` (1, 2, …) of a dossier, made once; amount and lines are fixed from now on.

    Asked for again with the same amount it returns the same request. Raises Invalid when a line is undecided or
    nothing is to pay, Conflict when the round was asked for with another amount. The case's own verb authorises.
    """
    amount = _amount(assessment)
    request, new = PaymentRequest.objects.get_or_create(
        case_id=case_id,
        payment_round=payment_round,
        defaults={
            "public_id": uuid7(ctx.now),
            "dossier_code": dossier_code,
            "reference": reference_for(dossier_code, payment_round),
            "amount": amount,
            "lines": lines_as_json(assessment),
            "payer_name": payer.name,
            "payer_address": payer.address,
            "payer_tax_code": payer.tax_code,
            "agency_id": collector.agency_id,
            "collector_name": collector.name,
            "collector_tax_code": collector.tax_code,
            "bank_bin": collector.bank_bin,
            "bank_account": collector.bank_account,
            "bank_holder": collector.bank_holder,
            "made_by": ctx.account_id,
            "made_at": ctx.now,
        },
    )
    if not new:
        return _same(request, amount)
    enter(ctx, chart.charge(collector.agency_id, amount), request=request)
    record(
        ctx,
        RequestMade(request.reference, payment_round, amount),
        subject=("payment_request", request.pk),
        case_id=case_id,
        agency_id=collector.agency_id,
    )
    return request


def _amount(assessment: Assessment) -> int:
    amount = assessment.total
    if amount is None:
        raise Invalid(
            "Chưa tính được phí, lệ phí: có khoản do Hội đồng nhân dân tỉnh quyết định mà bảng mức thu chưa có.",
            what_to_do="Nhập mức thu của khoản này vào bảng phí, lệ phí của tỉnh rồi làm lại. Hồ sơ vẫn được giữ.",
            fields=dict.fromkeys(assessment.undecided, "Chưa có mức thu"),
        )
    if amount == 0:
        raise Invalid("Hồ sơ này không phải nộp phí, lệ phí nên không lập yêu cầu thanh toán.")
    return amount


def _same(request: PaymentRequest, amount: int) -> PaymentRequest:
    if request.amount != amount:
        raise Conflict(
            _("Hồ sơ đã có yêu cầu nộp %(amount)s ở lần này. Yêu cầu đó vẫn giữ nguyên.")
            % {"amount": format_dong(request.amount)},
            what_to_do="Nếu mức thu phải khác đi, hủy yêu cầu cũ rồi lập yêu cầu lần tiếp theo.",
        )
    return request
