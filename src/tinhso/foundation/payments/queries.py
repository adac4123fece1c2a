"""Reading money: one function per question, a constant number of queries each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import segno
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from tinhso.core.errors import NotFound
from tinhso.core.time import VN_ZONE
from tinhso.foundation.identity.models import Account, Realm
from tinhso.foundation.payments.gateways.base import Notice
from tinhso.foundation.payments.models import (
    CouncilRate,
    FeeKept,
    FeeQuestion,
    GatewayMessage,
    GatewayTransaction,
    Method,
    PaymentAttempt,
    PaymentEntry,
    PaymentRequest,
    Receipt,
    Refund,
    WaiverWindow,
)
from tinhso.foundation.payments.rules.banks import bank_name
from tinhso.foundation.payments.rules.chart import UNDONE_BY, EntryKind
from tinhso.foundation.payments.rules.declared import parse_benefit
from tinhso.foundation.payments.rules.fees import Benefit, Rate
from tinhso.foundation.payments.rules.law import Basis, Mark
from tinhso.foundation.payments.rules.receipts import printed_number
from tinhso.foundation.payments.rules.reconciliation import Reconciliation, Row, compare
from tinhso.foundation.payments.rules.reference import words_that_may_be_references
from tinhso.foundation.payments.rules.standing import Standing, standing
from tinhso.foundation.payments.rules.vietqr import Transfer, encode
from tinhso.foundation.payments.words import dong_in_words


def _in_force(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def rates_on(day: date) -> dict[str, Rate]:
    """The province's council-set fees as they hold on `day`; of two rows the later one."""
    rows = CouncilRate.objects.filter(_in_force(day)).order_by("valid_from")
    return {row.key: Rate(row.amount, Basis(row.basis, Mark(row.mark), row.valid_from, row.valid_to)) for row in rows}


def windows_on(day: date) -> tuple[Benefit, ...]:
    """The waiver windows open on `day`."""
    return tuple(parse_benefit(row.declared) for row in WaiverWindow.objects.filter(_in_force(day)).order_by("key"))


def get_request(public_id: UUID) -> PaymentRequest:
    """Raises NotFound."""
    try:
        return PaymentRequest.objects.select_related("question__kept").get(public_id=public_id)
    except PaymentRequest.DoesNotExist:
        raise NotFound(
            "Không tìm thấy yêu cầu thanh toán này.", what_to_do="Mở lại hồ sơ để xem khoản phải nộp."
        ) from None


def requests_of_case(case_id: int) -> list[PaymentRequest]:
    """Every round of a dossier, first to last."""
    return list(PaymentRequest.objects.filter(case_id=case_id).order_by("payment_round"))


def find_request_named_in(text: str) -> PaymentRequest | None:
    """The one request whose reference, or an attempt's, stands in a gateway's text; None when none or several do."""
    words = words_that_may_be_references(text)
    attempts = [UUID(word) for word in words if _is_hex_id(word)]
    found = PaymentRequest.objects.filter(Q(reference__in=words) | Q(attempts__public_id__in=attempts)).distinct()[:2]
    return found[0] if len(found) == 1 else None


def standing_of(request: PaymentRequest) -> Standing:
    """Where a request stands now."""
    return standings([request.pk])[request.pk]


def standings(request_ids: Iterable[int]) -> dict[int, Standing]:
    """Where each request stands, in one query."""
    wanted = list(request_ids)
    sums: dict[int, dict[EntryKind, int]] = {key: {} for key in wanted}
    rows = PaymentEntry.objects.filter(request_id__in=wanted).values_list("request_id", "kind")
    for key, kind, amount in rows.annotate(total=Sum("amount")).order_by():
        sums[key][EntryKind(kind)] = amount
    return {key: standing(parts) for key, parts in sums.items()}


def standings_of_cases(case_ids: Iterable[int]) -> dict[int, list[Standing]]:
    """For each case, the standing of each of its rounds; two queries."""
    rows = list(PaymentRequest.objects.filter(case_id__in=list(case_ids)).order_by("payment_round"))
    known = standings(row.pk for row in rows)
    found: dict[int, list[Standing]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(known[row.pk])
    return found


@dataclass(frozen=True, slots=True)
class PaymentView:
    """What a payment page shows. `qr_svg` is an SVG element, empty when there is no account or nothing is due.

    `bank_name` is empty for a bank not known by name. `moves` is what came in and what was paid back, oldest first;
    `aside` is money that named this request and could not be taken for it yet: an officer matches it or sends it back.
    `question` is there when the dossier ended undecided after its fee was paid, `kept` when that is not given back.
    """

    request: PaymentRequest
    standing: Standing
    amount: int
    amount_in_words: str
    reference: str
    lines: list[dict[str, Any]]
    bank_bin: str
    bank_name: str
    bank_account: str
    bank_holder: str
    qr_text: str
    qr_svg: str
    moves: list[PaymentEntry]
    aside: list[PaymentEntry]
    receipt: "ReceiptView | None"
    question: FeeQuestion | None
    kept: FeeKept | None

    @property
    def awaits_decision(self) -> bool:
        """Whether somebody has still to decide if the fee of an ended dossier goes back."""
        return self.question is not None and self.kept is None and self.standing.kept > 0


def payment_view(request_id: UUID) -> PaymentView:
    """The page of one request: what is due now, how to pay it, or the receipt. Raises NotFound."""
    request = get_request(request_id)
    now = standing_of(request)
    qr_text = _qr_text(request, now.due)
    rows = _moves_of(request)
    question: FeeQuestion | None = getattr(request, "question", None)
    return PaymentView(
        request=request,
        standing=now,
        amount=now.due,
        amount_in_words=dong_in_words(now.due),
        reference=request.reference,
        lines=request.lines,
        bank_bin=request.bank_bin,
        bank_name=bank_name(request.bank_bin),
        bank_account=request.bank_account,
        bank_holder=request.bank_holder,
        qr_text=qr_text,
        qr_svg=_qr_svg(qr_text, request) if qr_text else "",
        moves=[row for row in rows if row.kind != EntryKind.UNMATCHED],
        aside=[row for row in rows if row.kind == EntryKind.UNMATCHED],
        receipt=find_receipt_view(request),
        question=question,
        kept=getattr(question, "kept", None),
    )


def _moves_of(request: PaymentRequest) -> list[PaymentEntry]:
    moved = Q(kind__in=[EntryKind.PAYMENT, EntryKind.MATCH, EntryKind.PAYOUT])
    stray = Q(kind=EntryKind.UNMATCHED, later__isnull=True)
    return list(request.entries.filter(moved | stray).select_related("transaction", "refund").order_by("pk"))


@dataclass(frozen=True, slots=True)
class PaidBy:
    """A way of paying (`Method`'s label, Vietnamese) and how much of a receipt came by it, in đồng."""

    method: str
    amount: int


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What a printed receipt says (form number and sign: assumed, see rules.receipts).

    `asked` is the sum of the lines and `amount` what was taken, in đồng: less where a part was waived. `ways` are the
    ways it was paid by, first used first, and sum to `amount`. `collected_by` is the officer who took the money, empty
    where a gateway did.
    """

    public_id: UUID
    form: str
    sign: str
    number: str
    issued_at: datetime
    collector_name: str
    collector_tax_code: str
    payer_name: str
    payer_address: str
    payer_tax_code: str
    dossier_code: str
    lines: list[dict[str, Any]]
    asked: int
    amount: int
    amount_in_words: str
    ways: tuple[PaidBy, ...]
    collected_by: str

    @property
    def let_off(self) -> int:
        """What was waived of what was asked, in đồng."""
        return self.asked - self.amount


def find_receipt_view(request: PaymentRequest) -> ReceiptView | None:
    """The receipt given for a request, as it is printed."""
    receipt = Receipt.objects.filter(request=request).first()
    return None if receipt is None else _as_printed(receipt, request)


def get_receipt(public_id: UUID) -> tuple[PaymentRequest, ReceiptView]:
    """A receipt and the request it was given for. Raises NotFound."""
    receipt = Receipt.objects.select_related("request").filter(public_id=public_id).first()
    if receipt is None:
        raise NotFound("Không tìm thấy biên lai này.", what_to_do="Mở lại hồ sơ để xem biên lai đã lập.")
    return receipt.request, _as_printed(receipt, receipt.request)


def _as_printed(receipt: Receipt, request: PaymentRequest) -> ReceiptView:
    taken_by = (receipt.issued_by if receipt.method == Method.CASH else None) or 0
    officer = Account.objects.filter(pk=taken_by, realm=Realm.OFFICER).first() if taken_by else None
    return ReceiptView(
        public_id=receipt.public_id,
        form=receipt.form,
        sign=receipt.sign,
        number=printed_number(receipt.number),
        issued_at=receipt.issued_at,
        collector_name=request.collector_name,
        collector_tax_code=request.collector_tax_code,
        payer_name=request.payer_name,
        payer_address=request.payer_address,
        payer_tax_code=request.payer_tax_code,
        dossier_code=request.dossier_code,
        lines=request.lines,
        asked=request.amount,
        amount=receipt.amount,
        amount_in_words=dong_in_words(receipt.amount),
        ways=_ways_of(receipt, request),
        collected_by=officer.full_name if officer else "",
    )


def _ways_of(receipt: Receipt, request: PaymentRequest) -> tuple[PaidBy, ...]:
    """How the receipt's money came: what had come when it was given, less what of it was too much.

    Where the rows do not sum to the receipt (a part went back before it was given), only how it was completed.
    """
    sums: dict[str, int] = {}
    arrived = Q(kind__in=[EntryKind.PAYMENT, EntryKind.MATCH, EntryKind.EXCESS], recorded_at__lte=receipt.issued_at)
    for row in request.entries.filter(arrived).select_related("transaction").order_by("pk"):
        method = row.transaction.method if row.transaction else Method.CASH.value
        sums[method] = sums.get(method, 0) + (-row.amount if row.kind == EntryKind.EXCESS else row.amount)
    ways = tuple(PaidBy(str(Method(method).label), amount) for method, amount in sums.items() if amount > 0)
    if sum(way.amount for way in ways) != receipt.amount:
        return (PaidBy(receipt.get_method_display(), receipt.amount),)
    return ways


def strays() -> QuerySet[PaymentEntry]:
    """Money that waits for its place, oldest first; `request` is set where one was named."""
    rows = PaymentEntry.objects.filter(kind=EntryKind.UNMATCHED, later__isnull=True)
    return rows.select_related("transaction", "request").order_by("pk")


def open_attempts(gateway: str, now: datetime) -> QuerySet[PaymentAttempt]:
    """Orders at a gateway's page that were not ended here, of the last day: a gateway forgets older ones by itself."""
    recent = PaymentAttempt.objects.filter(gateway=gateway, made_at__gt=now - timedelta(days=1))
    return recent.filter(end__isnull=True).select_related("request").order_by("pk")


def dead_attempts(gateway: str, now: datetime, limit: int = 1000) -> list[PaymentAttempt]:
    """Open orders that must not be paid any more: past their time, of another amount than what is due now (nothing,
    mostly), or not the last one made for their request."""
    found = list(open_attempts(gateway, now)[:limit])
    due = {key: one.due for key, one in standings({attempt.request_id for attempt in found}).items()}
    newest = {attempt.request_id: attempt.pk for attempt in found}
    return [
        attempt
        for attempt in found
        if attempt.amount != due[attempt.request_id]
        or attempt.pk != newest[attempt.request_id]
        or (attempt.expires_at is not None and attempt.expires_at <= now)
    ]


def unpaid_refunds() -> QuerySet[Refund]:
    """Refunds decided, not paid out and not withdrawn, oldest first."""
    ends = [EntryKind.PAYOUT, *UNDONE_BY.values()]
    ended = PaymentEntry.objects.filter(kind__in=ends, refund__isnull=False).values("refund_id")
    return Refund.objects.exclude(pk__in=ended).select_related("request").order_by("pk")


def left_at_gateways(request: PaymentRequest) -> list[tuple[GatewayTransaction, int]]:
    """The payments of a request by card or wallet, and how much of each a refund may still send back, in đồng."""
    withdrawn = PaymentEntry.objects.filter(kind__in=UNDONE_BY.values(), refund__isnull=False).values("refund_id")
    standing_refunds = Refund.objects.filter(request=request, source__isnull=False).exclude(pk__in=withdrawn)
    sums = standing_refunds.values("source_id").annotate(total=Sum("amount")).order_by()
    sent = {row["source_id"]: row["total"] for row in sums}
    paid = GatewayTransaction.objects.filter(method=Method.CARD, amount__gt=0, entries__request=request)
    return [(row, row.amount - sent.get(row.pk, 0)) for row in paid.distinct().order_by("pk")]


def find_source(request: PaymentRequest, amount: int) -> GatewayTransaction | None:
    """A payment of which a gateway can send `amount` đồng back: one alone must cover it."""
    return next((row for row, left in left_at_gateways(request) if left >= amount), None)


def contradictions(after: int = 0, limit: int = 50) -> list[GatewayMessage]:
    """Messages that told a known transaction with another amount, for people; oldest first, keyset by id."""
    rows = GatewayMessage.objects.filter(outcome=GatewayMessage.Outcome.DIFFERS, pk__gt=after)
    return list(rows.order_by("pk")[:limit])


def entries_of(request: PaymentRequest) -> list[PaymentEntry]:
    """Every row of a request's money, oldest first: what a page shows as its history."""
    return list(request.entries.select_related("transaction", "refund").order_by("pk"))


def balance(account: str) -> int:
    """What lies in an account now, debits less credits, in đồng."""
    return _total(PaymentEntry.objects.filter(debit=account)) - _total(PaymentEntry.objects.filter(credit=account))


def balances() -> dict[str, int]:
    """The trial balance: every account with debits less credits; they sum to nothing."""
    totals: dict[str, int] = {}
    for side, sign in (("debit", 1), ("credit", -1)):
        for account, amount in PaymentEntry.objects.values_list(side).annotate(total=Sum("amount")).order_by():
            totals[account] = totals.get(account, 0) + sign * amount
    return dict(sorted(totals.items()))


def reconcile(gateway: str, day: date, told: Iterable[Notice]) -> Reconciliation:
    """Our transactions of a Vietnamese calendar day against the gateway's. Raises ValueError on a repeated id."""
    start = datetime(day.year, day.month, day.day, tzinfo=VN_ZONE)
    rows = GatewayTransaction.objects.filter(
        gateway=gateway, paid_at__gte=start, paid_at__lt=start + timedelta(days=1)
    ).order_by("pk")
    return compare(
        (Row(row.external_id, row.amount, row.reference) for row in rows.iterator()),
        (Row(notice.external_id, notice.amount, notice.reference) for notice in told),
    )


def _total(rows: Any) -> int:
    found: Mapping[str, int | None] = rows.aggregate(total=Sum("amount"))
    return found["total"] or 0


def _qr_text(request: PaymentRequest, due: int) -> str:
    if not request.bank_account or due <= 0:
        return ""
    return encode(Transfer(request.bank_bin, request.bank_account, due, purpose=request.reference))


def _qr_svg(text: str, request: PaymentRequest) -> str:
    code = segno.make_qr(text, error="m")
    title = _("Mã VietQR nộp phí, lệ phí hồ sơ %(code)s") % {"code": request.dossier_code}
    return code.svg_inline(scale=5, border=4, title=title, svgclass="qr", lineclass=None)


def _is_hex_id(word: str) -> bool:
    try:
        return UUID(word).version == 7
    except ValueError:
        return False
