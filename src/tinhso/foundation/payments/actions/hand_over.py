"""Hand collected money over to the budget, and put right what was entered wrongly."""

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid, NotFound
from tinhso.core.time import local
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.payments.actions.enter import enter, hold_named
from tinhso.foundation.payments.events import HandedOver, HandOverUndone
from tinhso.foundation.payments.models import DepositSlip, PaymentEntry
from tinhso.foundation.payments.policies import requests, require
from tinhso.foundation.payments.queries import balance
from tinhso.foundation.payments.rules import chart
from tinhso.foundation.payments.rules.chart import EntryKind, Movement
from tinhso.foundation.payments.words import say_amount_fault, say_dong


@transaction.atomic
def hand_over(
    ctx: Context, account: str, *, agency_id: int, amount: int, document: str, most: int | None = None
) -> PaymentEntry:
    """Write that `amount` đồng went from `account` (`cash/…`, `clearing/…`) to the budget of `agency_id`.

    `document` is the number of the slip, once per agency; `most` a limit below what lies in the account.
    Decree 118/2025/NĐ-CP art. 24: online money reaches the budget within 08 working hours of payment where sector law
    is silent. Raises Forbidden, Invalid naming each field at fault.
    """
    require(requests.may_hand_over(ctx, account))
    _hold_accounts(account, agency_id)
    there = max(balance(account), 0) if account.startswith(("cash/", "clearing/")) else 0
    found = {
        "amount": say_amount_fault(amount, there if most is None else min(there, most)),
        "document": _slip_fault(agency_id, document),
    }
    if faults := {field: fault for field, fault in found.items() if fault}:
        raise Invalid(_("Lần nộp còn chỗ chưa đúng nên chưa được ghi."), fields=faults)
    number = " ".join(document.split())
    entry = enter(ctx, chart.hand_over(account, agency_id, amount), reason=number)
    DepositSlip.objects.create(agency_id=agency_id, number=number, key=slip_key(document), entry=entry)
    record(ctx, HandedOver(account, amount, number), subject=("payment_entry", entry.pk), agency_id=agency_id)
    return entry


@transaction.atomic
def undo_hand_over(ctx: Context, entry_id: int, *, reason: str) -> PaymentEntry:
    """The correcting row of a hand-over entered wrongly: the money lies where it lay, the slip's number is free again.

    Raises Forbidden, NotFound, Conflict when it is undone already, Invalid without a reason.
    """
    done = PaymentEntry.objects.filter(pk=entry_id, kind=EntryKind.HAND_OVER).first()
    if done is None:
        raise NotFound("Không tìm thấy lần nộp này.", what_to_do="Mở lại trang tiền mặt.")
    require(requests.may_hand_over(ctx, done.credit))
    agency_id = int(done.debit.rpartition("/")[2])
    _hold_accounts(done.credit, agency_id)
    if done.later.exists():
        raise Conflict("Lần nộp này đã được ghi đảo. Không có gì được ghi thêm.", what_to_do="Tải lại trang tiền mặt.")
    if not reason.strip():
        raise Invalid(_("Nêu lý do ghi đảo. Chưa có gì thay đổi."), fields={"reason": _("Nêu lý do")})
    movement = chart.undo(Movement(EntryKind.HAND_OVER, done.debit, done.credit, done.amount))
    entry = enter(ctx, movement, about=done, reason=reason.strip())
    DepositSlip.objects.filter(entry=done).update(undone=entry)
    record(
        ctx,
        HandOverUndone(done.credit, done.amount, done.reason),
        subject=("payment_entry", done.pk),
        agency_id=agency_id,
        private={"reason": reason},
    )
    return entry


def slip_key(number: str) -> str:
    """A slip's number as it is compared: `gnt  1` is `GNT 1`."""
    return " ".join(number.upper().split())


def _hold_accounts(account: str, agency_id: int) -> None:
    hold_named(account)
    hold_named(chart.budget(agency_id))


def _slip_fault(agency_id: int, document: str) -> str:
    if not document.strip():
        return _("Nhập số chứng từ nộp")
    known = DepositSlip.objects.filter(agency_id=agency_id, key=slip_key(document), undone__isnull=True)
    slip = known.select_related("entry").first()
    if slip is None:
        return ""
    told = {
        "number": slip.number,
        "amount": say_dong(slip.entry.amount),
        "day": f"{local(slip.entry.occurred_at):%d/%m/%Y}",
    }
    return (
        _("Chứng từ %(number)s đã ghi nộp %(amount)s ngày %(day)s. Nếu lần đó ghi sai thì ghi đảo lần đó trước") % told
    )
