"""What the cashier's lists show: one function per question, a constant number of queries each."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from tinhso.core.context import Context
from tinhso.core.errors import NotFound
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.identity.models import Account
from tinhso.foundation.payments import queries as payments
from tinhso.foundation.payments.models import FeeKept, PaymentEntry, PaymentRequest, Receipt, Refund
from tinhso.foundation.payments.policies import requests
from tinhso.foundation.payments.queries import entries_of, standings
from tinhso.foundation.payments.rules.chart import EntryKind
from tinhso.foundation.payments.rules.standing import Standing
from tinhso.systems.cashier.models import Proposal
from tinhso.systems.cashier.policies import concerns

PAGE = 50


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits in each list of an officer."""

    strays: int
    credits: int
    questions: int
    refunds: int
    proposals: int


@dataclass(frozen=True, slots=True)
class Credit:
    """A payer's money on which nothing is decided, in đồng: paid beyond what was asked, or for a dossier that ended."""

    request: PaymentRequest
    amount: int


def counts(ctx: Context, post: Post) -> Counts:
    """What waits for this officer. A handful of queries."""
    return Counts(
        strays=requests.strays(ctx).count(),
        credits=_credits(requests.decided_by(ctx)).count(),
        questions=_questions(requests.decided_by(ctx)).count(),
        refunds=_unpaid(ctx, post).count(),
        proposals=Proposal.objects.filter(state=Proposal.State.WAITING, request__in=requests.decided_by(ctx)).count(),
    )


def strays(ctx: Context, after: int = 0, limit: int = PAGE) -> list[PaymentEntry]:
    """The money without a place that this officer is to find one for, oldest first, keyset by id. One query more than
    the policy asks."""
    return list(requests.strays(ctx).filter(pk__gt=after)[:limit])


def get_stray(ctx: Context, entry_id: int) -> PaymentEntry:
    """Raises NotFound, also for what is not this officer's to see."""
    found = requests.strays(ctx).filter(pk=entry_id).first()
    if found is None:
        raise NotFound(
            "Khoản tiền này không còn chờ xác định, hoặc không thuộc phạm vi của bạn.",
            what_to_do="Mở lại danh sách tiền chờ xác định.",
        )
    return found


_CREDIT = {EntryKind.EXCESS: 1, EntryKind.REFUND_OF_CREDIT: -1, EntryKind.REFUND_OF_CREDIT_UNDONE: 1}
_KEPT = {
    EntryKind.PAYMENT: 1,
    EntryKind.MATCH: 1,
    EntryKind.EXCESS: -1,
    EntryKind.REFUND_OF_FEE: -1,
    EntryKind.REFUND_OF_FEE_UNDONE: 1,
}
"""Kinds of row -> how they count, as `Standing.credit` and `Standing.kept` have it."""


def _credits(scope: QuerySet[PaymentRequest]) -> QuerySet[Any, Any]:
    return _left(PaymentEntry.objects.filter(request__in=scope), _CREDIT)


def _questions(scope: QuerySet[PaymentRequest]) -> QuerySet[Any, Any]:
    open_ = PaymentRequest.objects.filter(
        question__isnull=False, question__kept__isnull=True, pk__in=scope.values("pk")
    )
    return _left(PaymentEntry.objects.filter(request__in=open_.values("pk")), _KEPT)


def _left(rows: QuerySet[PaymentEntry], signs: dict[EntryKind, int]) -> QuerySet[Any, Any]:
    """By request what is `left` of these kinds of row, where anything is."""
    plus = [kind for kind, sign in signs.items() if sign > 0]
    came = Sum("amount", filter=Q(kind__in=plus), default=0)
    gone = Sum("amount", filter=~Q(kind__in=plus), default=0)
    sums = rows.filter(kind__in=list(signs)).values("request_id").annotate(left=came - gone)
    return sums.filter(left__gt=0).order_by("request_id")


def credits_to_decide(ctx: Context, after: int = 0, limit: int = PAGE) -> list[Credit]:
    """Payers' money on which this officer is to decide, oldest request first, keyset by request. Two queries."""
    return _as_credits(_credits(requests.decided_by(ctx)).filter(request_id__gt=after)[:limit])


def fees_to_decide(ctx: Context, after: int = 0, limit: int = PAGE) -> list[Credit]:
    """Fees paid for dossiers that ended undecided, on which this officer is to decide; oldest first. Two queries."""
    return _as_credits(_questions(requests.decided_by(ctx)).filter(request_id__gt=after)[:limit])


def _as_credits(rows: QuerySet[Any, Any]) -> list[Credit]:
    left = {row["request_id"]: row["left"] for row in rows}
    found = PaymentRequest.objects.select_related("question").in_bulk(left)
    return [Credit(found[key], amount) for key, amount in left.items()]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Money in an officer's lists on which others decide: how many items, and how much in đồng."""

    count: int
    amount: int


def decided_elsewhere(ctx: Context, post: Post) -> Elsewhere:
    """What of payers' money waits for somebody else's decision: an empty list must not read as nothing waiting."""
    decided = requests.decided_by(ctx).values("pk")
    others = PaymentRequest.objects.filter(pk__in=concerns(ctx, post).exclude(pk__in=decided).values("pk"))
    sums = [row["left"] for rows in (_credits(others), _questions(others)) for row in rows]
    return Elsewhere(len(sums), sum(sums))


def _unpaid(ctx: Context, post: Post) -> QuerySet[Refund]:
    return payments.unpaid_refunds().filter(request__in=concerns(ctx, post))


def unpaid_refunds(ctx: Context, post: Post, after: int = 0, limit: int = PAGE) -> list[Refund]:
    """Refunds decided and not paid out that concern this officer, oldest first, keyset by id."""
    return list(_unpaid(ctx, post).filter(pk__gt=after)[:limit])


def get_refund(ctx: Context, public_id: UUID) -> Refund:
    """Raises NotFound, also for what is not this officer's to see."""
    rows = Refund.objects.filter(public_id=public_id, request__in=requests.visible(ctx)).select_related("request")
    found = rows.first()
    if found is None:
        raise NotFound("Không tìm thấy quyết định hoàn phí này.", what_to_do="Mở lại danh sách hoàn phí.")
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal and who asked."""

    proposal: Proposal
    asked_by: str
    decided_by: str


def proposals(ctx: Context, post: Post, *, waiting: bool, limit: int = PAGE) -> list[Asked]:
    """The proposals that concern this officer: those that wait, oldest first, or the last ones answered."""
    of_interest = Q(request__in=concerns(ctx, post)) | Q(asked_agency=post.agency_id)
    rows = Proposal.objects.filter(of_interest).select_related("request")
    if waiting:
        return _with_names(rows.filter(state=Proposal.State.WAITING).order_by("pk")[:limit])
    return _with_names(rows.exclude(state=Proposal.State.WAITING).order_by("-decided_at", "-pk")[:limit])


def get_proposal(ctx: Context, public_id: UUID) -> Asked:
    """Raises NotFound, also for what is not this officer's to see."""
    rows = Proposal.objects.filter(public_id=public_id, request__in=requests.visible(ctx)).select_related("request")
    found = _with_names(rows)
    if not found:
        raise NotFound("Không tìm thấy đề nghị này.", what_to_do="Mở lại danh sách đề nghị.")
    return found[0]


def _with_names(rows: QuerySet[Proposal]) -> list[Asked]:
    found = list(rows)
    people = Account.objects.in_bulk({key for row in found for key in (row.asked_by, row.decided_by) if key})

    def name(key: int | None) -> str:
        return people[key].full_name if key in people else ""

    return [Asked(row, name(row.asked_by), name(row.decided_by)) for row in found]


@dataclass(frozen=True, slots=True)
class WaivedEntry:
    """A waiver as the ledger has it: `reason` is its basis and what proved it."""

    entry: PaymentEntry
    by: str


def waivers(ctx: Context, post: Post, limit: int = PAGE) -> list[WaivedEntry]:
    """The last waivers that concern this officer, newest first."""
    rows = PaymentEntry.objects.filter(kind=EntryKind.WAIVER, request__in=concerns(ctx, post))
    found = list(rows.select_related("request").order_by("-pk")[:limit])
    people = Account.objects.in_bulk({row.account_id for row in found if row.account_id})
    return [WaivedEntry(row, people[row.account_id].full_name if row.account_id in people else "") for row in found]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a dossier's money: what was asked, where it stands, every row of it, the receipt if there is one."""

    request: PaymentRequest
    standing: Standing
    entries: list[PaymentEntry]
    receipt: Receipt | None
    may_decide: bool

    @property
    def kept(self) -> FeeKept | None:
        """The decision that the fee of an ended dossier is not given back."""
        return getattr(getattr(self.request, "question", None), "kept", None)

    @property
    def awaits_decision(self) -> bool:
        """Whether the fee of an ended dossier is to be given back or not."""
        return hasattr(self.request, "question") and self.kept is None and self.standing.kept > 0


def money_of(ctx: Context, code: str) -> list[Round]:
    """The money of a dossier, first round first. Raises NotFound, also for what is not this officer's to see."""
    of_code = requests.visible(ctx).filter(dossier_code=code.strip().upper())
    rows = list(of_code.select_related("question__kept").order_by("payment_round"))
    if not rows:
        raise NotFound(
            "Không có khoản thu nào của hồ sơ mang mã này trong phạm vi của bạn.",
            what_to_do="Kiểm tra lại mã trên giấy tiếp nhận; hồ sơ không thu phí thì không có ở đây.",
        )
    known = standings(row.pk for row in rows)
    decides = set(requests.decided_by(ctx).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    receipts = {receipt.request_id: receipt for receipt in Receipt.objects.filter(request__in=rows)}
    return [Round(row, known[row.pk], entries_of(row), receipts.get(row.pk), row.pk in decides) for row in rows]
