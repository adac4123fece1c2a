"""Cash in hand and the sums of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.expressions import CombinedExpression

from tinhso.core.context import Context
from tinhso.core.errors import NotFound
from tinhso.core.time import VN_ZONE
from tinhso.foundation.agencies.models import Agency, Post
from tinhso.foundation.identity.models import Account
from tinhso.foundation.payments.models import PaymentEntry
from tinhso.foundation.payments.policies import requests
from tinhso.foundation.payments.rules import chart
from tinhso.foundation.payments.rules.chart import EntryKind
from tinhso.systems.cashier.policies import concerns

_CORRECTED = Q(kind=EntryKind.HAND_OVER_UNDONE)


@dataclass(frozen=True, slots=True)
class Line:
    """A sum of a table: how many rows, how much came, how much went, in đồng."""

    name: str
    count: int
    came: int
    went: int = 0

    @property
    def left(self) -> int:
        return self.came - self.went


@dataclass(frozen=True, slots=True)
class Till:
    """The cash of one counter: what lies there, what came and went today by officer, and for whom it was taken.

    `held_for`: agency id, name and what is still to be handed over to its budget.
    """

    account: str
    balance: int
    by_officer: list[Line]
    held_for: list[tuple[int, str, int]]


def till(agency_id: int, day: date) -> Till:
    """The cash at a counter's agency. Five queries."""
    account = chart.cash(agency_id)
    rows = PaymentEntry.objects.filter(Q(debit=account) | Q(credit=account))
    total = rows.aggregate(came=_came(account), went=_went(account))
    per_officer = (
        rows.filter(_on(day))
        .values("account_id")
        .annotate(count=Count("pk"), came=_came(account), went=_went(account))
        .order_by("account_id")
    )
    people = Account.objects.in_bulk({row["account_id"] for row in per_officer if row["account_id"]})
    by_officer = [
        Line(
            people[row["account_id"]].full_name if row["account_id"] in people else "",
            row["count"],
            row["came"],
            row["went"],
        )
        for row in per_officer
    ]
    return Till(account, total["came"] - total["went"], by_officer, _held_for(rows, account))


def _held_for(rows: QuerySet[PaymentEntry], account: str) -> list[tuple[int, str, int]]:
    """Taken for each agency, less what was paid back and what was handed over to its budget already."""
    left: dict[int, int] = {}
    taken = rows.filter(request__isnull=False).values("request__agency_id")
    for row in taken.annotate(came=_came(account), went=_went(account)).order_by():
        left[row["request__agency_id"]] = row["came"] - row["went"]
    for kind, side, sign in ((EntryKind.HAND_OVER, "debit", -1), (EntryKind.HAND_OVER_UNDONE, "credit", 1)):
        for owner, amount in rows.filter(kind=kind).values_list(side).annotate(s=Sum("amount")).order_by():
            agency_id = int(owner.rpartition("/")[2])
            left[agency_id] = left.get(agency_id, 0) + sign * amount
    names = _names(left)
    return [(key, names.get(key, ""), amount) for key, amount in sorted(left.items()) if amount > 0]


@dataclass(frozen=True, slots=True)
class Deposit:
    """A hand-over to a budget, with the row that undid it, if any."""

    entry: PaymentEntry
    agency: str
    undone: PaymentEntry | None


def deposits(account: str, limit: int = 20) -> list[Deposit]:
    """The last hand-overs from an account, newest first. Three queries."""
    rows = PaymentEntry.objects.filter(kind=EntryKind.HAND_OVER, credit=account)
    return _as_deposits(list(rows.prefetch_related("later").order_by("-pk")[:limit]))


def get_deposit(ctx: Context, entry_id: int) -> Deposit:
    """Raises NotFound, also for what is not this officer's to hand over."""
    rows = PaymentEntry.objects.filter(pk=entry_id, kind=EntryKind.HAND_OVER).prefetch_related("later")
    found = _as_deposits([row for row in rows if requests.may_hand_over(ctx, row.credit)])
    if not found:
        raise NotFound("Không tìm thấy lần nộp này.", what_to_do="Mở lại trang tiền mặt.")
    return found[0]


def _as_deposits(rows: list[PaymentEntry]) -> list[Deposit]:
    names = _names(int(row.debit.rpartition("/")[2]) for row in rows)
    return [
        Deposit(row, names.get(int(row.debit.rpartition("/")[2]), ""), next(iter(row.later.all()), None))
        for row in rows
    ]


def tills() -> list[Line]:
    """What every counter and every gateway holds, for who keeps the books; the most first. Four queries."""
    held: dict[str, list[int]] = {}
    places = Q(debit__startswith="cash/") | Q(debit__startswith="clearing/")
    came = PaymentEntry.objects.filter(places).exclude(kind=EntryKind.HAND_OVER_UNDONE)
    for row in came.values("debit").annotate(n=Count("pk"), s=Sum("amount")).order_by():
        held[row["debit"]] = [row["n"], row["s"], 0]
    places = Q(credit__startswith="cash/") | Q(credit__startswith="clearing/")
    for gone in PaymentEntry.objects.filter(places).values("credit").annotate(s=Sum("amount")).order_by():
        held.setdefault(gone["credit"], [0, 0, 0])[2] = gone["s"]
    back = PaymentEntry.objects.filter(kind=EntryKind.HAND_OVER_UNDONE)
    for undone in back.values("debit").annotate(s=Sum("amount")).order_by():
        held[undone["debit"]][2] -= undone["s"]
    names = _names(int(key.rpartition("/")[2]) for key in held if key.startswith("cash/"))
    lines = [
        Line(names.get(int(key[5:]), key) if key.startswith("cash/") else key, count, came, went)
        for key, (count, came, went) in held.items()
    ]
    return sorted((line for line in lines if line.left), key=lambda line: (-line.left, line.name))


@dataclass(frozen=True, slots=True)
class Day:
    """The sums of a day that concern an officer. `by_way`: where the money came in, by `cash` or the gateway's key;
    `by_agency`: for which agency; `kinds`: how many rows and how much of each kind of row."""

    by_way: list[Line]
    by_agency: list[Line]
    kinds: list[tuple[EntryKind, int, int]]

    @property
    def came(self) -> int:
        return sum(line.came for line in self.by_way)


def day_sums(ctx: Context, post: Post, day: date) -> Day:
    """What was asked, came in, was let off, given back and handed over on a day of Vietnam's calendar. Four queries."""
    rows = PaymentEntry.objects.filter(_on(day))
    if not requests.may_keep_books(ctx):
        own = chart.cash(post.agency_id)
        handed = Q(credit=own, kind=EntryKind.HAND_OVER) | Q(debit=own, kind=EntryKind.HAND_OVER_UNDONE)
        rows = rows.filter(Q(request__in=concerns(ctx, post)) | handed)
    arrived = rows.filter(kind__in=[EntryKind.PAYMENT, EntryKind.UNMATCHED])
    ways: dict[str, list[int]] = {}
    for row in arrived.values("debit").annotate(n=Count("pk"), s=Sum("amount")).order_by("debit"):
        place, _slash, gateway = row["debit"].partition("/")
        known = ways.setdefault(place if place == "cash" else gateway, [0, 0])
        known[0] += row["n"]
        known[1] += row["s"]
    taken = rows.filter(kind__in=[EntryKind.PAYMENT, EntryKind.MATCH]).values("request__agency_id")
    per_agency = list(taken.annotate(n=Count("pk"), s=Sum("amount")).order_by("-s"))
    names = _names(row["request__agency_id"] for row in per_agency)
    kinds = rows.values("kind").annotate(n=Count("pk"), s=Sum("amount")).order_by()
    found = {EntryKind(row["kind"]): (row["n"], row["s"]) for row in kinds}
    return Day(
        by_way=[Line(key, count, amount) for key, (count, amount) in ways.items()],
        by_agency=[Line(names.get(row["request__agency_id"], ""), row["n"], row["s"]) for row in per_agency],
        kinds=[(kind, *found[kind]) for kind in EntryKind if kind in found],
    )


def _names(agency_ids: Iterable[int]) -> dict[int, str]:
    return dict(Agency.objects.filter(pk__in=list(agency_ids)).values_list("pk", "name"))


def _came(account: str) -> Sum:
    return Sum("amount", filter=Q(debit=account) & ~_CORRECTED, default=0)


def _went(account: str) -> CombinedExpression:
    """What went out, less what only seemed to: a hand-over undone never left."""
    seemed = Sum("amount", filter=Q(debit=account) & _CORRECTED, default=0)
    return Sum("amount", filter=Q(credit=account), default=0) - seemed


def _on(day: date) -> Q:
    start = datetime(day.year, day.month, day.day, tzinfo=VN_ZONE)
    return Q(occurred_at__gte=start, occurred_at__lt=start + timedelta(days=1))
