"""What the cashier's desk calls things."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tinhso.foundation.payments.rules.chart import EntryKind

KINDS: dict[EntryKind, str] = {
    EntryKind.CHARGE: gettext_noop("Yêu cầu nộp"),
    EntryKind.PAYMENT: gettext_noop("Thu tiền"),
    EntryKind.EXCESS: gettext_noop("Nộp thừa, giữ riêng"),
    EntryKind.WAIVER: gettext_noop("Miễn, giảm"),
    EntryKind.CANCELLATION: gettext_noop("Hủy yêu cầu nộp"),
    EntryKind.UNMATCHED: gettext_noop("Tiền chờ xác định"),
    EntryKind.MATCH: gettext_noop("Ghép vào hồ sơ"),
    EntryKind.UNMATCHED_RETURN: gettext_noop("Trả lại người chuyển"),
    EntryKind.REFUND_OF_CREDIT: gettext_noop("Quyết định hoàn phần nộp thừa"),
    EntryKind.REFUND_OF_FEE: gettext_noop("Quyết định hoàn phí, lệ phí"),
    EntryKind.PAYOUT: gettext_noop("Chi hoàn phí"),
    EntryKind.HAND_OVER: gettext_noop("Nộp ngân sách"),
    EntryKind.REFUND_OF_CREDIT_UNDONE: gettext_noop("Rút quyết định hoàn phần nộp thừa"),
    EntryKind.REFUND_OF_FEE_UNDONE: gettext_noop("Rút quyết định hoàn phí, lệ phí"),
    EntryKind.HAND_OVER_UNDONE: gettext_noop("Ghi đảo lần nộp ngân sách"),
}

WAYS: dict[str, str] = {
    "cash": gettext_noop("Tiền mặt tại quầy"),
    "vietqr": gettext_noop("Chuyển khoản VietQR"),
    "the": gettext_noop("Thẻ, ví điện tử"),
}


def say_kind(kind: str) -> str:
    """A kind of ledger row, in the reader's language."""
    return _(KINDS[EntryKind(kind)])


def say_way(key: str) -> str:
    """Where money came in: `cash`, or a gateway's key (`vietqr`), also as an account (`clearing/vietqr`)."""
    name = WAYS.get(key.removeprefix("clearing/"))
    return _(name) if name else key
