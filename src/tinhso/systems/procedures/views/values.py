"""The form of one open point: which answers it offers, and the value that was posted."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tinhso.core.language import reader_language
from tinhso.systems.procedures.models import ReviewItem
from tinhso.systems.procedures.rules.settled import LISTS, TEXTS
from tinhso.systems.procedures.words import KINDS, UNITS

WORDED = ("channels.limit", "channels.fee")
NOTES = ("papers.count", "papers.name")


def answers(field: str, *, withheld: bool) -> list[tuple[str, str]]:
    """What a person may answer, as key and words; the first is the common one."""
    offered = []
    if field == "channels.limit":
        offered += [("figure", _("Có thời hạn")), ("words", _("Không có số cố định, ghi bằng lời"))]
    elif field == "channels.fee":
        offered += [
            ("figure", _("Thu một mức cố định (0 là miễn phí)")),
            ("council", _("Do Hội đồng nhân dân tỉnh quy định")),
            ("words", _("Nhiều mức, ghi bằng lời")),
        ]
    elif field == "papers.count":
        offered.append(("figure", _("Nhập số bản")))
    elif field in TEXTS:
        offered.append(("text", _("Nhập nội dung đúng")))
    if field in NOTES:
        offered.append(("note", _("Là ghi chú hoặc lời dẫn, không phải giấy tờ")))
    if withheld:
        return [*offered, ("empty", _("Để trống, ghi rõ lý do"))]
    return [("confirmed", _("Đúng, giữ nguyên như đã đọc")), *offered]


def controls(field: str) -> dict[str, Any]:
    """Which controls the form of a field shows."""
    return {
        "limit": field == "channels.limit",
        "fee": field == "channels.fee",
        "words": field in WORDED,
        "count": field == "papers.count",
        "text": field in TEXTS and field != "kind",
        "kind": field == "kind",
        "lines": field in LISTS,
        "units": [
            ("", _("Chọn đơn vị")),
            *((unit.value, said[reader_language() == "en"]) for unit, said in UNITS.items()),
        ],
        "kinds": [
            ("", _("Chọn loại")),
            *((kind.value, said[reader_language() == "en"]) for kind, said in KINDS.items()),
        ],
    }


def read_value(field: str, post: Mapping[str, str]) -> dict[str, Any]:
    """The posted answer as a value (see rules.settled), to be checked there; no answer gives an empty one."""
    choice = post.get("choice", "")
    if choice in ("confirmed", "empty", "council", "note"):
        return {choice: True}
    if choice == "words":
        return {"words": post.get("words", "")}
    if choice == "text":
        return {"text": post.get("text", "")}
    if choice == "figure" and field == "channels.limit":
        return {"amount": post.get("amount", "").strip(), "unit": post.get("unit", "")}
    if choice == "figure" and field == "channels.fee":
        value: dict[str, Any] = {"amount": _number(post.get("amount", ""))}
        return value | ({"condition": said} if (said := post.get("condition", "").strip()) else {})
    if choice == "figure" and field == "papers.count":
        counts = {name: _number(post.get(name, "") or "0") for name in ("originals", "copies")}
        return counts | {"either": bool(post.get("either"))}
    return {}


def shown_value(item: ReviewItem) -> dict[str, Any]:
    """What the form of a settled item begins with; of an open one, nothing is chosen beforehand."""
    value = item.value if item.state == ReviewItem.State.SETTLED and item.value else {}
    given = ("confirmed", "empty", "council", "note", "words", "text")
    choice = next((key for key in given if value.get(key)), "figure" if value else "")
    return {**value, "choice": choice}


def _number(text: str) -> int | None:
    """`70.000 đ` as 70000; None when it is not a whole number."""
    digits = re.sub(r"[\s.,]|đồng|đ\Z", "", text.strip().lower())
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None
