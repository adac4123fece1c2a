"""Hand collected money over to the budget."""

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Invalid
from tinhso.core.money import format_dong
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import enter, hold_named
from tinhso.foundation.payments.events import HandedOver
from tinhso.foundation.payments.models import PaymentEntry
from tinhso.foundation.payments.policies import requests, require
from tinhso.foundation.payments.queries import balance
from tinhso.foundation.payments.rules import chart


@transaction.atomic
def hand_over(ctx: Context, account: str, *, agency_id: int, amount: int, document: str) -> PaymentEntry:
    """Write that `amount` đồng went from `account` (`cash/…`, `clearing/…`) to the budget of `agency_id`.

    Decree 118/2025/NĐ-CP art. 24: online money reaches the budget within 08 working hours of payment where sector law
    is silent. Raises Forbidden, Invalid.
    """
    require(requests.may_hand_over(ctx, account))
    hold_named(account)
    there = balance(account)
    most = format_dong(max(there, 0))
    if not account.startswith(("cash/", "clearing/")) or not 0 < amount <= there or not document.strip():
        raise Invalid(
            _("Chỉ nộp được tối đa %(most)s đang giữ và phải có số chứng từ. Chưa ghi nộp.") % {"most": most},
            fields={
                "amount": _("Từ 1 đồng đến %(most)s") % {"most": most},
                "document": "Số chứng từ nộp ngân sách",
            },
        )
    entry = enter(ctx, chart.hand_over(account, agency_id, amount), reason=document)
    record(ctx, HandedOver(account, amount, document), subject=("payment_entry", entry.pk), agency_id=agency_id)
    return entry
