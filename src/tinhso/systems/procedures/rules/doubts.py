"""Doubts about a row that only the rest of the record can raise: other rows, the steps, the papers, the laws."""

from dataclasses import replace

from .cells import NO_INFORMATION
from .channels import ChannelRow
from .fees import FeeLine, changes_by_date, names_a_fee
from .limits import Limit, limits_named
from .review import Reason, Review, withholds

Doubted = tuple[tuple[ChannelRow, ...], tuple[Review, ...]]


def doubt_limits(rows: tuple[ChannelRow, ...], steps: str) -> Doubted:
    """Withdraw a limit that the rest of the record speaks against; one that the text of its own row repeats stands.

    Against it: its number with another unit in another row, or only with another unit in the steps; or single rows of
    several channels with different limits, where the page lists cases as if they were channels.
    """
    in_steps = limits_named(steps)
    in_rows = tuple(row.limit for row in rows if row.limit is not None)
    by_channel = len(rows) == len({row.channel for row in rows}) and len(set(in_rows)) > 1
    kept: list[ChannelRow] = []
    reviews: list[Review] = []
    for position, row in enumerate(rows):
        limit, reason = row.limit, None
        if limit is not None and limit not in limits_named(row.beside):
            if _other_unit_only(limit, in_steps) or _other_unit(limit, in_rows):
                reason = Reason.LIMIT_UNIT_DISPUTED
            elif by_channel:
                reason = Reason.LIMIT_DIFFERS_BY_CHANNEL
        if reason is not None:
            reviews.append(Review("channels.limit", reason, row.raw, position))
        kept.append(replace(row, limit=None) if reason else row)
    return tuple(kept), tuple(reviews)


def _other_unit(limit: Limit, others: tuple[Limit, ...]) -> bool:
    return any(other.amount == limit.amount and other.unit is not limit.unit for other in others)


def _other_unit_only(limit: Limit, others: tuple[Limit, ...]) -> bool:
    return limit not in others and _other_unit(limit, others)


def doubt_fees(rows: tuple[ChannelRow, ...], elsewhere: str) -> Doubted:
    """Withdraw fees that the rest of the record speaks against.

    A nought, when another row charges or when `elsewhere` (steps, papers, laws) speaks of a fee; words elsewhere do
    not outweigh a nought that its own bracket confirms (`Miễn phí(Không)`). An amount, when another row tells of a
    share or of a rate for a span of time, which may hold for every channel. A nought that nobody speaks for or against
    stands, to be confirmed: the page prints it also where it holds no figure.
    """
    fees = [fee for row in rows for fee in row.fees]
    charged = any(fee.amount != 0 and fee.text != NO_INFORMATION for fee in fees)
    spoken = names_a_fee(elsewhere)
    dated = any(changes_by_date(fee.condition) for fee in fees)

    def objection(fee: FeeLine) -> Reason | None:
        if fee.amount == 0 and (charged or (spoken and not fee.condition)):
            return Reason.FREE_BUT_ELSEWHERE
        if fee.amount and dated:
            return Reason.FEE_VARIES
        return Reason.FREE_UNCONFIRMED if fee.amount == 0 and not fee.condition else None

    kept: list[ChannelRow] = []
    reviews: list[Review] = []
    for position, row in enumerate(rows):
        objections = [objection(fee) for fee in row.fees]
        reviews += [Review("channels.fee", reason, row.raw, position) for reason in objections if reason]
        judged = zip(row.fees, objections, strict=True)
        kept.append(
            replace(row, fees=tuple(replace(fee, amount=None) if withholds(out) else fee for fee, out in judged))
        )
    return tuple(kept), tuple(reviews)
