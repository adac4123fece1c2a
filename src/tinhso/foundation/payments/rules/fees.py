"""How much: fees and charges of one dossier, with the basis of every figure.

A fee depends on the case, the channel, pages and copies in tiers with a cap, exemption classes and dates; a council-set
fee comes from the province's dated table; where several benefits fit, the best one for the payer applies, alone
(as Circular 117/2026 orders for the waiver of 15/8/2026-28/2/2027, mark: read; assumed elsewhere).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from .law import Basis, Mark


class FeeKind(StrEnum):
    """Law on fees and charges 97/2015/QH13 tells a fee (phí, pays a service) from a charge (lệ phí, fixed)."""

    FEE = "phi"
    CHARGE = "le_phi"


class Channel(StrEnum):
    IN_PERSON = "in_person"
    POST = "post"
    ONLINE = "online"


class BenefitKind(StrEnum):
    ONLINE = "online"
    EXEMPTION = "exemption"
    WAIVER = "waiver"


@dataclass(frozen=True, slots=True)
class Fixed:
    """One amount in đồng for the dossier, or for each copy."""

    amount: int
    per: Literal["case", "copy"] = "case"


@dataclass(frozen=True, slots=True)
class Tier:
    """From page `from_page` of the original on (1 is the first), each page costs `amount` đồng."""

    from_page: int
    amount: int


@dataclass(frozen=True, slots=True)
class Tiered:
    """By pages of the original, for each copy, at most `cap_per_copy` đồng a copy (None: no cap)."""

    tiers: tuple[Tier, ...]
    cap_per_copy: int | None = None

    def __post_init__(self) -> None:
        starts = [tier.from_page for tier in self.tiers]
        if not starts or starts[0] != 1 or starts != sorted(set(starts)):
            raise ValueError("tiers start at page 1 and rise")


@dataclass(frozen=True, slots=True)
class CouncilSet:
    """Whatever the provincial People's Council set: a row of the province's dated table."""

    key: str
    per: Literal["case", "copy"] = "case"


Tariff: TypeAlias = Fixed | Tiered | CouncilSet


@dataclass(frozen=True, slots=True)
class Rate:
    """One row of the province's table, as it holds on the day."""

    amount: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class Benefit:
    """A lower rate for some: online filers, exempt classes, a waiver window.

    Holds in `channels` for a dossier that has all of `needs` (e.g. `vneid-2`, `ho-ngheo`), on the days of its basis.
    The payer pays the `instead` tariff if there is one, else `percent_off` less, the rest rounded down to the đồng
    (rounding: assumed). `fees` names the fee codes a window covers; a benefit declared on a fee leaves it empty.
    """

    key: str
    name: str
    kind: BenefitKind
    basis: Basis
    percent_off: int = 100
    instead: Tariff | None = None
    channels: frozenset[Channel] = frozenset(Channel)
    needs: frozenset[str] = frozenset()
    fees: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not 0 < self.percent_off <= 100:
            raise ValueError("percent_off is 1 to 100")


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee or charge as a procedure's release declares it."""

    code: str
    name: str
    kind: FeeKind
    tariff: Tariff
    basis: Basis
    benefits: tuple[Benefit, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """Papers of one sort: `pages` of the original, `copies` asked for."""

    pages: int = 1
    copies: int = 1

    def __post_init__(self) -> None:
        if self.pages < 1 or self.copies < 1:
            raise ValueError("pages and copies are at least 1")


@dataclass(frozen=True, slots=True)
class Situation:
    """What a fee depends on: the day and channel of filing, what is copied, what the applicant has shown to be."""

    day: date
    channel: Channel
    items: tuple[Item, ...] = (Item(),)
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """One product of the sum: `count` copies (or one case) x `pages` x `rate`; `pages` is None when not by page.

    `cut` is what the cap took off, in đồng, for all copies together.
    """

    count: int
    pages: int | None
    rate: int
    cut: int = 0

    @property
    def amount(self) -> int:
        return self.count * (1 if self.pages is None else self.pages) * self.rate - self.cut


@dataclass(frozen=True, slots=True)
class Offer:
    """What the payer would pay under a benefit."""

    benefit: Benefit
    amount: int


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee worked out: `full` before benefits, `amount` to pay; both None when the council's row is not known.

    `basis` is that of the rate used; `applied` the benefit that won; `passed_over` the others that fitted.
    """

    code: str
    name: str
    kind: FeeKind
    basis: Basis
    parts: tuple[Part, ...]
    full: int | None
    amount: int | None
    applied: Offer | None = None
    passed_over: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    lines: tuple[FeeLine, ...] = field(default=())

    @property
    def undecided(self) -> tuple[str, ...]:
        """Codes of the fees whose amount nobody has entered: a person must, before money is asked for."""
        return tuple(line.code for line in self.lines if line.amount is None)

    @property
    def total(self) -> int | None:
        """What is to pay in đồng, or None while a line is undecided."""
        return None if self.undecided else sum(line.amount or 0 for line in self.lines)


def assess(
    fees: Iterable[Fee],
    situation: Situation,
    *,
    rates: Mapping[str, Rate] | None = None,
    windows: Iterable[Benefit] = (),
) -> Assessment:
    """All lines of a dossier; fees whose basis does not hold on the day make none.

    `rates` is the province's table and `windows` the waiver windows; both may hold more than applies.
    """
    known, open_windows = rates or {}, tuple(windows)
    lines = [
        _line(fee, situation, known, (*fee.benefits, *(w for w in open_windows if fee.code in w.fees)))
        for fee in fees
        if fee.basis.holds_on(situation.day)
    ]
    return Assessment(tuple(lines))


def _line(fee: Fee, situation: Situation, rates: Mapping[str, Rate], benefits: tuple[Benefit, ...]) -> FeeLine:
    parts = _parts(fee.tariff, situation, rates)
    full = None if parts is None else sum(part.amount for part in parts)
    basis = _basis(fee, situation, rates)
    offers = sorted(
        (Offer(b, paid) for b in benefits if (paid := _pays(b, full, situation, rates)) is not None),
        key=lambda offer: offer.amount,
    )
    best = offers[0] if offers and (full is None or offers[0].amount < full) else None
    # A benefit on an unknown amount wins only by freeing altogether: anything else might cost more than the rate.
    if full is None and best is not None and best.amount > 0:
        best = None
    return FeeLine(
        code=fee.code,
        name=fee.name,
        kind=fee.kind,
        basis=basis,
        parts=parts or (),
        full=full,
        amount=best.amount if best else full,
        applied=best,
        passed_over=tuple(offer for offer in offers if offer is not best),
    )


def _pays(benefit: Benefit, full: int | None, situation: Situation, rates: Mapping[str, Rate]) -> int | None:
    """What is to pay under the benefit, or None when it does not fit this dossier (or cannot be told)."""
    fits = (
        situation.channel in benefit.channels
        and benefit.needs <= situation.traits
        and benefit.basis.holds_on(situation.day)
    )
    if not fits:
        return None
    if benefit.instead is not None:
        parts = _parts(benefit.instead, situation, rates)
        return None if parts is None else sum(part.amount for part in parts)
    if benefit.percent_off == 100:
        return 0
    return None if full is None else full * (100 - benefit.percent_off) // 100


def _parts(tariff: Tariff, situation: Situation, rates: Mapping[str, Rate]) -> tuple[Part, ...] | None:
    match tariff:
        case Fixed(amount, per):
            return (Part(_count(per, situation), None, amount),)
        case CouncilSet(key, per):
            rate = rates.get(key)
            if rate is None or not rate.basis.holds_on(situation.day):
                return None
            return (Part(_count(per, situation), None, rate.amount),)
        case Tiered():
            return tuple(part for item in situation.items for part in _tier_parts(tariff, item))


def _tier_parts(tariff: Tiered, item: Item) -> Iterable[Part]:
    left = tariff.cap_per_copy
    ends = [tier.from_page - 1 for tier in tariff.tiers[1:]] + [item.pages]
    for tier, end in zip(tariff.tiers, ends, strict=True):
        pages = min(end, item.pages) - tier.from_page + 1
        if pages <= 0:
            return
        cost = pages * tier.amount
        counted = cost if left is None else min(cost, left)
        left = None if left is None else left - counted
        yield Part(item.copies, pages, tier.amount, cut=(cost - counted) * item.copies)


def _count(per: Literal["case", "copy"], situation: Situation) -> int:
    return 1 if per == "case" else sum(item.copies for item in situation.items)


def _basis(fee: Fee, situation: Situation, rates: Mapping[str, Rate]) -> Basis:
    if not isinstance(fee.tariff, CouncilSet):
        return fee.basis
    rate = rates.get(fee.tariff.key)
    if rate is None or not rate.basis.holds_on(situation.day):
        return Basis(fee.basis.text, Mark.ASSUMED, fee.basis.valid_from, fee.basis.valid_to)
    return rate.basis
