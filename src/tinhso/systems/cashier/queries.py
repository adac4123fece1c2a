"""What the cashier's lists show: one function per question, a constant number of queries each."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from tinhso.core.context import Context
from tinhso.core.errors import NotFound
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.identity.models import Account
from tinhso.foundation.payments import queries as payments
from tinhso.foundation.payments.models import PaymentEntry, PaymentRequest, Receipt, Refund
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
    refunds: int
    proposals: int


@dataclass(frozen=True, slots=True)
class Credit:
    """Money a payer paid beyond what was asked and on which nothing is decided, in đồng."""

    request: PaymentRequest
    amount: int


def counts(ctx: Context, post: Post) -> Counts:
    """What waits for this officer. A handful of queries."""
    return Counts(
        strays=requests.strays(ctx).count(),
        credits=_credits(ctx).count(),
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


def _credits(ctx: Context) -> QuerySet[Any, Any]:
    of_credit = [EntryKind.EXCESS, EntryKind.REFUND_OF_CREDIT]
    rows = PaymentEntry.objects.filter(kind__in=of_credit, request__in=requests.decided_by(ctx)).values("request_id")
    came = Sum("amount", filter=Q(kind=EntryKind.EXCESS), default=0)
    gone = Sum("amount", filter=Q(kind=EntryKind.REFUND_OF_CREDIT), default=0)
    return rows.annotate(came=came, gone=gone).filter(came__gt=F("gone")).order_by("request_id")


def credits_to_decide(ctx: Context, after: int = 0, limit: int = PAGE) -> list[Credit]:
    """Payers' money on which this officer is to decide, oldest request first, keyset by request. Two queries."""
    left = {row["request_id"]: row["came"] - row["gone"] for row in _credits(ctx).filter(request_id__gt=after)[:limit]}
    found = PaymentRequest.objects.in_bulk(left)
    return [Credit(found[key], amount) for key, amount in left.items()]


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


def money_of(ctx: Context, code: str) -> list[Round]:
    """The money of a dossier, first round first. Raises NotFound, also for what is not this officer's to see."""
    rows = list(requests.visible(ctx).filter(dossier_code=code.strip().upper()).order_by("payment_round"))
    if not rows:
        raise NotFound(
            "Không có khoản thu nào của hồ sơ mang mã này trong phạm vi của bạn.",
            what_to_do="Kiểm tra lại mã trên giấy tiếp nhận; hồ sơ không thu phí thì không có ở đây.",
        )
    known = standings(row.pk for row in rows)
    decides = set(requests.decided_by(ctx).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    receipts = {receipt.request_id: receipt for receipt in Receipt.objects.filter(request__in=rows)}
    return [Round(row, known[row.pk], entries_of(row), receipts.get(row.pk), row.pk in decides) for row in rows]
