"""One raw record of the national catalogue, read: what is sure as values, what is not as `Review`s.

Fields as the national database of procedures shows them (Nghị định 63/2010/NĐ-CP, sửa đổi bởi 48/2013 và 92/2017:
bộ phận tạo thành của thủ tục hành chính). Nothing is guessed: a wrong fee or date is worse than a missing one.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from . import heading
from .cells import as_text, is_empty, tidy, without_tail
from .channels import Channel, ChannelRow, read_channels
from .doubts import doubt_fees, doubt_limits
from .heading import Applicant, Kind, Level
from .legal_bases import LegalBasis, read_legal_bases
from .papers import PaperGroup, read_papers
from .results import Result, read_results
from .review import Reason, Review
from .steps import read_steps

T = TypeVar("T")

PARSER_VERSION = 2
"""Raised when the rules read something otherwise: what was imported by an older one is read again."""

FIELDS = {
    "ma_thu_tuc": "code",
    "ten_thu_tuc": "name",
    "so_quyet_dinh": "decision",
    "cap_thuc_hien": "levels",
    "loai_thu_tuc": "kind",
    "linh_vuc": "sectors",
    "doi_tuong_thuc_hien": "applicants",
    "co_quan_thuc_hien": "executing_agencies",
    "co_quan_co_tham_quyen": "competent_agencies",
    "co_quan_duoc_uy_quyen": "authorised_agencies",
    "co_quan_phoi_hop": "cooperating_agencies",
    "dia_chi_tiep_nhan": "receiving_address",
    "thu_tuc_lien_quan": "related",
    "trinh_tu_thuc_hien": "steps",
    "cach_thuc_thuc_hien": "channels",
    "thanh_phan_ho_so": "papers",
    "yeu_cau_dieu_kien": "conditions",
    "ket_qua_xu_ly": "results",
    "can_cu_phap_ly": "legal_bases",
    "bo_nganh": "ministry",
}
"""Names of a record's fields, and ours."""


@dataclass(frozen=True, slots=True)
class ParsedProcedure:
    """A procedure as read. `raw` holds every field's untouched text under our name for it; `reviews` every doubt."""

    code: str | None
    name: str | None
    decision: str | None
    levels: frozenset[Level]
    kind: Kind | None
    sectors: tuple[str, ...]
    applicants: frozenset[Applicant]
    executing_agencies: tuple[str, ...]
    competent_agencies: tuple[str, ...]
    authorised_agencies: tuple[str, ...]
    cooperating_agencies: tuple[str, ...]
    receiving_address: str | None
    related: str | None
    steps: tuple[str, ...]
    channels: tuple[ChannelRow, ...]
    papers: tuple[PaperGroup, ...]
    conditions: str | None
    results: tuple[Result, ...]
    legal_bases: tuple[LegalBasis, ...]
    ministry: str | None
    raw: Mapping[str, str]
    reviews: tuple[Review, ...]

    @property
    def single_rows(self) -> dict[Channel, ChannelRow]:
        """Rows of the channels that stand once: the only rows that may be taken without asking for which case."""
        counts = Counter(row.channel for row in self.channels)
        return {row.channel: row for row in self.channels if counts[row.channel] == 1}


class _Reading:
    """Tidied texts of a record by our names, and the doubts gathered while they are read."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.raw: dict[str, str] = {}
        self.reviews: list[Review] = []
        for key, field in FIELDS.items():
            text = as_text(record.get(key))
            if text is None:
                text = repr(record[key])
                self.reviews.append(Review(field, Reason.NOT_TEXT, text))
                self.raw[field] = text
                continue
            self.raw[field] = text
        unread = {review.field for review in self.reviews}
        self.texts = {field: "" if field in unread else tidy(text) for field, text in self.raw.items()}

    def keep(self, reading: tuple[T, tuple[Review, ...]]) -> T:
        value, reviews = reading
        self.reviews += reviews
        return value

    def note(self, field: str) -> str | None:
        text = without_tail(self.texts[field])
        return None if is_empty(text) else text


def parse_record(record: Mapping[str, Any]) -> ParsedProcedure:
    """Read one raw record. Never raises for what the record holds; unknown shapes become reviews."""
    reading = _Reading(record)
    texts = reading.texts
    code = texts["code"] if heading.CODE.fullmatch(texts["code"]) else None
    if code is None:
        reading.reviews.append(Review("code", Reason.UNKNOWN_SHAPE, texts["code"]))
    papers = reading.keep(read_papers(texts["papers"]))
    return ParsedProcedure(
        code=code,
        name=reading.keep(heading.read_name(texts["name"])),
        decision=reading.keep(heading.read_decision(texts["decision"])),
        levels=reading.keep(heading.read_levels(texts["levels"])),
        kind=reading.keep(heading.read_kind(texts["kind"])),
        sectors=reading.keep(heading.read_sectors(texts["sectors"])),
        applicants=reading.keep(heading.read_applicants(texts["applicants"])),
        executing_agencies=_agencies(reading, "executing_agencies", needed=True),
        competent_agencies=_agencies(reading, "competent_agencies"),
        authorised_agencies=_agencies(reading, "authorised_agencies"),
        cooperating_agencies=_agencies(reading, "cooperating_agencies"),
        receiving_address=reading.note("receiving_address"),
        related=reading.note("related"),
        steps=_steps(reading),
        channels=_channels(reading),
        papers=papers,
        conditions=reading.note("conditions"),
        results=reading.keep(read_results(texts["results"])),
        legal_bases=reading.keep(read_legal_bases(texts["legal_bases"])),
        ministry=reading.note("ministry"),
        raw=reading.raw,
        reviews=tuple(reading.reviews),
    )


def _agencies(reading: _Reading, field: str, *, needed: bool = False) -> tuple[str, ...]:
    text = reading.texts[field]
    if needed and is_empty(text):
        reading.reviews.append(Review(field, Reason.MISSING, text))
    return reading.keep(heading.read_agencies(text, field))


def _steps(reading: _Reading) -> tuple[str, ...]:
    steps = read_steps(reading.texts["steps"])
    if not steps:
        reading.reviews.append(Review("steps", Reason.MISSING, reading.texts["steps"]))
    elif _bled(reading):
        reading.reviews.append(Review("steps", Reason.MAYBE_CUT, steps[-1]))
    return steps


def _channels(reading: _Reading) -> tuple[ChannelRow, ...]:
    rows = reading.keep(read_channels(reading.texts["channels"]))
    if rows and _bled(reading):
        reading.reviews.append(Review("channels", Reason.MAYBE_CUT, rows[-1].raw))
    rows = reading.keep(doubt_limits(rows, reading.texts["steps"]))
    elsewhere = "\n".join(reading.texts[field] for field in ("steps", "papers", "conditions", "legal_bases"))
    return reading.keep(doubt_fees(rows, elsewhere))


def _bled(reading: _Reading) -> bool:
    """True when another field's text ran into the papers, so that the field itself may be cut."""
    return any(review.reason is Reason.FIELD_BLED for review in reading.reviews)
