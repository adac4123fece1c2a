"""The head of a record: code, decision, levels, kind, applicants, agencies, sectors."""

import re
from enum import StrEnum
from typing import TypeVar

from .cells import LOWER, UPPER, is_empty, plain
from .review import Reason, Review

E = TypeVar("E", bound=StrEnum)

CODE = re.compile(r"\d\.\d{6}")
"""Code of a procedure in the national catalogue."""


class Level(StrEnum):
    """Levels of government that carry the procedure out."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    OTHER = "other"


class Kind(StrEnum):
    """Whether a law hands the details of the procedure down, as the catalogue classifies it."""

    DELEGATED_BY_LAW = "delegated_by_law"
    NOT_DELEGATED_BY_LAW = "not_delegated_by_law"
    OTHER = "other"


class Applicant(StrEnum):
    """Kinds of applicant the catalogue knows."""

    CITIZEN = "citizen"
    OVERSEAS_VIETNAMESE = "overseas_vietnamese"
    FOREIGNER = "foreigner"
    RESIDENT_FOREIGNER = "resident_foreigner"
    OFFICER = "officer"
    PARTY_MEMBER = "party_member"
    ENTERPRISE = "enterprise"
    VIETNAMESE_ENTERPRISE = "vietnamese_enterprise"
    FOREIGN_INVESTED_ENTERPRISE = "foreign_invested_enterprise"
    COOPERATIVE = "cooperative"
    ORGANISATION = "organisation"
    FOREIGN_ORGANISATION = "foreign_organisation"
    PARTY_ORGANISATION = "party_organisation"


_LEVELS = {
    "Cấp bộ": Level.MINISTRY,
    "Cấp tỉnh": Level.PROVINCE,
    "Cấp huyện": Level.DISTRICT,
    "Cấp xã": Level.COMMUNE,
    "Cơ quan khác": Level.OTHER,
}
_KINDS = {
    "TTHC được giao luật quy định chi tiết": Kind.DELEGATED_BY_LAW,
    "TTHC được luật giao quy định chi tiết": Kind.DELEGATED_BY_LAW,
    "TTHC không được luật giao cho địa phương quy định": Kind.NOT_DELEGATED_BY_LAW,
    "TTHC không được luật giao quy định chi tiết": Kind.NOT_DELEGATED_BY_LAW,
    "Loại khác": Kind.OTHER,
}
_APPLICANTS = {
    "Công dân Việt Nam": Applicant.CITIZEN,
    "Người Việt Nam định cư ở nước ngoài": Applicant.OVERSEAS_VIETNAMESE,
    "Người nước ngoài": Applicant.FOREIGNER,
    "Người nước ngoài cư trú tại Việt Nam": Applicant.RESIDENT_FOREIGNER,
    "Cán bộ, công chức, viên chức": Applicant.OFFICER,
    "Đảng viên": Applicant.PARTY_MEMBER,
    "Doanh nghiệp": Applicant.ENTERPRISE,
    "Doanh nghiệp Việt Nam": Applicant.VIETNAMESE_ENTERPRISE,
    "Doanh nghiệp có vốn đầu tư nước ngoài": Applicant.FOREIGN_INVESTED_ENTERPRISE,
    "Hợp tác xã": Applicant.COOPERATIVE,
    "Tổ chức (không bao gồm doanh nghiệp, HTX)": Applicant.ORGANISATION,
    "Tổ chức nước ngoài": Applicant.FOREIGN_ORGANISATION,
    "Tổ chức Đảng": Applicant.PARTY_ORGANISATION,
}
_DECISION = re.compile(r"(?:số\s*)?(\d{1,5}/(?:\d{4}/)?QĐ-[A-ZĐ][\wĐ.-]*)", re.IGNORECASE)
_HEADS = re.compile(
    r"(Bộ|Sở|[UỦ][ỷy] ban|Ủy ban|Uỷ ban|UBND|Chủ tịch|Giám đốc|Cục|Chi cục|Tổng cục|Công an|Phòng|Văn phòng|Chi nhánh"
    r"|Cơ quan|Ngân hàng|Tòa án|Toà án|Viện kiểm sát|Trung tâm|Ban|Bảo hiểm|Thuế|Hải quan|Công đoàn|Thủ tướng"
    r"|Khu quản lý|Chính phủ|Thanh tra|Viện|Trường|Đại sứ|Cảng vụ|Hội đồng|Kho bạc|Quỹ|Đơn vị|Các|Cơ sở|Tổ chức"
    r"|Doanh nghiệp|Bệnh viện|Vụ|Hạt|Trạm|Đồn|Thi hành án)\b",
    re.IGNORECASE,
)


def read_name(text: str) -> tuple[str | None, tuple[Review, ...]]:
    """Name of the procedure on one line."""
    name = plain(text)
    return (name, ()) if name and not is_empty(name) else (None, (Review("name", Reason.MISSING, text),))


def read_decision(text: str) -> tuple[str | None, tuple[Review, ...]]:
    """Number of the decision that published the procedure, as `163/QĐ-BTP`."""
    if is_empty(text):
        return None, (Review("decision", Reason.MISSING, text),)
    match = _DECISION.fullmatch(plain(text))
    return (match[1], ()) if match else (None, (Review("decision", Reason.UNKNOWN_SHAPE, text),))


def read_levels(text: str) -> tuple[frozenset[Level], tuple[Review, ...]]:
    """Set of levels."""
    return _set(text, _LEVELS, "levels")


def read_applicants(text: str) -> tuple[frozenset[Applicant], tuple[Review, ...]]:
    """Set of kinds of applicant."""
    return _set(text, _APPLICANTS, "applicants")


def read_kind(text: str) -> tuple[Kind | None, tuple[Review, ...]]:
    """Kind of procedure."""
    if is_empty(text):
        return None, (Review("kind", Reason.MISSING, text),)
    kind = _KINDS.get(plain(text))
    return (kind, ()) if kind else (None, (Review("kind", Reason.UNKNOWN_VALUE, text),))


def read_sectors(text: str) -> tuple[tuple[str, ...], tuple[Review, ...]]:
    """Sectors. A comma before a small letter or an abbreviation belongs to the name of one sector."""
    if is_empty(text):
        return (), (Review("sectors", Reason.MISSING, text),)
    if re.search(rf",\s*[{UPPER}][{LOWER}]", text) or ";" in text or "\n" in text:
        return (), (Review("sectors", Reason.SPLIT_UNSURE, text),)
    return (plain(text),), ()


def read_agencies(text: str, field: str) -> tuple[tuple[str, ...], tuple[Review, ...]]:
    """Agencies of a comma list. A piece that does not begin as an agency does belongs to the name before it."""
    if is_empty(text):
        return (), ()
    names: list[str] = []
    unsure = False
    for piece in re.split(r",\s+|;\s*|\n+", text):
        name = plain(piece).rstrip(".")
        if not name:
            continue
        begins = _HEADS.match(name) is not None and name[0].isupper()
        if names and not begins:
            unsure = unsure or name[0].isupper()
            names[-1] = f"{names[-1]}, {name}"
        else:
            names.append(name)
    if unsure:
        return (), (Review(field, Reason.SPLIT_UNSURE, text),)
    return tuple(dict.fromkeys(names)), ()


def _set(text: str, known: dict[str, E], field: str) -> tuple[frozenset[E], tuple[Review, ...]]:
    """Values of a comma list whose own names hold commas: the longest known name first, nothing left over."""
    if is_empty(text):
        return frozenset(), (Review(field, Reason.MISSING, text),)
    found: set[E] = set()
    rest = plain(text)
    names = sorted(known, key=len, reverse=True)
    while rest:
        name = next((n for n in names if rest == n or rest.startswith(f"{n}, ")), None)
        if name is None:
            return frozenset(), (Review(field, Reason.UNKNOWN_VALUE, text),)
        found.add(known[name])
        rest = rest[len(name) + 2 :].strip()
    return frozenset(found), ()
