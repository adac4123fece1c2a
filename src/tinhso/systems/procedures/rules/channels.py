"""How a dossier may be filed: rows of channel, time limit, fee and description, run together by the page.

Grammar of the flattened table:

    table       = header row*
    row         = channel limit fee [ "(" condition ")" ] description
    channel     = "Trực tiếp" | "Trực tuyến" | "Dịch vụ bưu chính"
    limit       = number unit | number | "Không có thông tin" | words
    fee         = "Miễn phí" | "Không có thông tin" | number currency

A row begins only where channel, limit and fee stand glued together, so channels named in a description stay there.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum

from .cells import NO_INFORMATION, UPPER, is_empty
from .fees import CURRENCIES, FREE, FeeLine, amounts_named, part_limit_from_fee, read_fee, split_condition
from .limits import UNIT_WORDS, Limit, read_limit
from .review import Reason, Review


class Channel(StrEnum):
    """Ways to file."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    POST = "post"


_CHANNELS = {
    "Trực tiếp": Channel.IN_PERSON,
    "Trực tuyến": Channel.ONLINE,
    "Dịch vụ bưu chính": Channel.POST,
}
_NAMES = "|".join(_CHANNELS)
_NOT_AFTER_A_BLANK = "".join(rf"(?<!\s{name})" for name in _CHANNELS)
_HEADER = re.compile(r"Hình thức nộp\s*Thời gian\s*Phí, lệ phí\s*Mô tả")
_ROW = re.compile(
    rf"(?P<channel>{_NAMES})(?:"
    rf"(?P<limit>\d{{1,4}}(?:[.,]\d)? (?:{UNIT_WORDS})|{NO_INFORMATION})\s?"
    rf"(?P<fee>{FREE}|{NO_INFORMATION}|[\d,.]+ (?:{CURRENCIES}))"
    rf"|(?P<bare>\d{{1,4}})(?P<bare_fee>{FREE}|{NO_INFORMATION})"
    rf"|(?P<run>\d[\d,]*) (?P<currency>{CURRENCIES})"
    rf"|{_NOT_AFTER_A_BLANK}(?P<words>[{UPPER}](?:(?!{_NAMES})[^\n()]){{0,160}}?)\s?(?P<words_fee>{FREE}|{NO_INFORMATION})"
    r")"
)
_STRAY = re.compile(
    rf"\d (?:Ngày làm việc|Ngày|Giờ)(?:{FREE}|{NO_INFORMATION}|\d[\d,]* (?:{CURRENCIES}))"
    rf"|(?:\A|(?<=[^\s(“\"]))(?:{_NAMES})(?=[\d{UPPER}])"
)
"""Heads of rows inside a description: a row there was not recognised, so nothing near it is sure."""


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One row. `limit` and a fee's `amount` are None where the page cannot be trusted; `raw` is the row as shown."""

    channel: Channel
    limit: Limit | None
    limit_text: str
    fees: tuple[FeeLine, ...]
    description: str
    raw: str

    @property
    def beside(self) -> str:
        """All running text of the row: what its limit and fees are checked against."""
        return "\n".join((*(fee.condition for fee in self.fees), self.description))


def read_channels(text: str) -> tuple[tuple[ChannelRow, ...], tuple[Review, ...]]:
    """Rows of the table `cách thức thực hiện`; `text` is tidied."""
    if is_empty(text):
        return (), (Review("channels", Reason.MISSING, text),)
    header = _HEADER.match(text)
    table = text[header.end() :] if header else text
    heads = list(_ROW.finditer(table))
    if header is None or not heads or heads[0].start() > 0:
        return (), (Review("channels", Reason.UNKNOWN_SHAPE, text),)
    ends = [match.start() for match in heads[1:]] + [len(table)]
    rows: list[ChannelRow] = []
    reviews: list[Review] = []
    for position, (head, end) in enumerate(zip(heads, ends, strict=True)):
        row, doubts = _row(head, table[head.start() : end], table[head.end() : end], position)
        rows.append(row)
        reviews += doubts
    return tuple(rows), (*reviews, *_repeated(rows))


def beside_channel(raw: str) -> str:
    """A row as shown, without the name of its channel: rows that agree in this say the same thing."""
    return re.sub(rf"\A(?:{_NAMES})", "", raw)


def _row(head: re.Match[str], raw: str, body: str, position: int) -> tuple[ChannelRow, list[Review]]:
    condition, description, bracket = split_condition(body)
    beside = f"{condition}\n{description}"
    limit_text, fee_text = _cells(head, beside)
    limit: Limit | None = None
    limit_reasons: tuple[Reason, ...] = (Reason.LIMIT_WITHOUT_UNIT,)
    if fee_text is None:
        fee, fee_reasons = _glued(head, condition, beside)
    else:
        limit, limit_reasons = read_limit(limit_text, beside)
        fee, fee_reasons = read_fee(fee_text, condition, description, open_bracket=bool(bracket))
    reviews = [Review("channels.limit", reason, raw, position) for reason in limit_reasons]
    reviews += [Review("channels.fee", reason, raw, position) for reason in fee_reasons]
    if _STRAY.search(body):
        reviews.append(Review("channels", Reason.SPLIT_UNSURE, raw, position))
        limit, fee = None, replace(fee, amount=None)
    channel = _CHANNELS[head["channel"]]
    return ChannelRow(channel, limit, limit_text, (fee,), description.strip(), raw), reviews


def _glued(head: re.Match[str], condition: str, beside: str) -> tuple[FeeLine, tuple[Reason, ...]]:
    shown = f"{head['run']} {head['currency']}"
    return FeeLine(None, shown, None, condition, amounts_named(beside)), (Reason.FEE_GLUED_TO_LIMIT,)


def _cells(head: re.Match[str], beside: str) -> tuple[str, str | None]:
    if head["limit"] is not None:
        return head["limit"], head["fee"]
    if head["bare"] is not None:
        return head["bare"], head["bare_fee"]
    if head["words"] is not None:
        return head["words"].strip(), head["words_fee"]
    parted = part_limit_from_fee(head["run"], head["currency"], beside)
    return parted if parted else ("", None)


def _repeated(rows: list[ChannelRow]) -> list[Review]:
    """A channel that stands more than once hides cases, or several fees of one case: a person must tell which."""
    counts = Counter(row.channel for row in rows)
    return [
        Review("channels", Reason.SEVERAL_ROWS, row.raw, position)
        for position, row in enumerate(rows)
        if counts[row.channel] > 1
    ]
