"""Says what the rules return, in Vietnamese and English."""

from collections.abc import Mapping
from typing import Any, Literal

from django.utils.translation import gettext as _

from tinhso.core.language import reader_language
from tinhso.core.money import format_dong, group_digits

from .rules.law import Mark
from .rules.standing import Reason, RequestState, Standing

Language = Literal["vi", "en"]

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_THOUSANDS = ("", " nghìn", " triệu")

STATES: dict[RequestState, tuple[str, str]] = {
    RequestState.WAITING: ("Chờ thanh toán", "Waiting for payment"),
    RequestState.PART_PAID: ("Đã nộp một phần", "Partly paid"),
    RequestState.PAID: ("Đã thanh toán", "Paid"),
    RequestState.WAIVED: ("Được miễn", "Waived"),
    RequestState.CANCELLED: ("Đã hủy yêu cầu", "Cancelled"),
    RequestState.REFUND_DUE: ("Chờ hoàn phí", "To be refunded"),
    RequestState.REFUNDED: ("Đã hoàn phí", "Refunded"),
}

REASONS: dict[Reason, tuple[str, str]] = {
    Reason.UNKNOWN_REFERENCE: (
        "Không rõ khoản tiền nộp cho hồ sơ nào (nội dung chuyển khoản không khớp)",
        "The transfer text names no dossier we know",
    ),
    Reason.TOO_LITTLE: ("Số tiền ít hơn số phải nộp", "Less than what is due"),
    Reason.OTHER_ACCOUNT: ("Tiền vào tài khoản khác với tài khoản đã báo", "Paid into another account"),
}

MARKS: dict[Mark, tuple[str, str]] = {
    Mark.READ: ("đã đọc trong văn bản", "read in the text"),
    Mark.SECONDARY: ("theo nguồn thứ cấp", "from a secondary source"),
    Mark.ASSUMED: ("giả định, cần xác nhận", "assumed, to be confirmed"),
}


def dong_in_words(amount: int) -> str:
    """`21.004` as `Hai mươi mốt nghìn không trăm linh bốn đồng`, as receipts write it. Raises ValueError below 0."""
    if amount < 0:
        raise ValueError("a receipt is never for less than nothing")
    words = _number(amount) if amount else _DIGITS[0]
    return f"{words[0].upper()}{words[1:]} đồng"


def say_state(state: RequestState, language: Language = "vi") -> str:
    return _pick(STATES[state], language)


def say_reason(reason: Reason, language: Language = "vi") -> str:
    return _pick(REASONS[reason], language)


def say_standing(standing: Standing, language: Language = "vi") -> str:
    """The state with what is still to do: what is due, or what waits to be given back."""
    said = say_state(standing.state, language)
    if standing.state is RequestState.PART_PAID:
        said += _pick(
            (f", đã nhận {format_dong(standing.kept)}", f", {_vnd(standing.kept)} received"),
            language,
        )
    if standing.due > 0:
        said += _pick((f", còn phải nộp {format_dong(standing.due)}", f", {_vnd(standing.due)} due"), language)
    back = standing.credit + standing.to_refund
    if back > 0:
        said += _pick((f"; {format_dong(back)} chờ hoàn trả", f"; {_vnd(back)} to be refunded"), language)
    return said


def say_dong(amount: int) -> str:
    """An amount in the reader's language: `10.000 đồng`, `VND 10,000`."""
    return _amount(amount, reader_language())


def say_amount_fault(amount: int, most: int) -> str:
    """What is wrong with an amount typed where 1 to `most` đồng fit, in the reader's language; empty when it fits."""
    if most <= 0:
        return _("Không còn khoản nào")
    if amount <= 0:
        return _("Ghi số tiền từ 1 đồng trở lên")
    return _("Không quá %(most)s") % {"most": say_dong(most)} if amount > most else ""


def say_line(line: Mapping[str, Any], language: Language = "vi") -> str:
    """One kept fee line (see `rules.declared.lines_as_json`) as a sentence a payer can check by hand."""
    if line["amount"] is None:
        return _pick(
            (
                f"{line['name']}: mức thu do Hội đồng nhân dân tỉnh quyết định, chưa được nhập; cán bộ sẽ báo sau",
                f"{line['name']}: set by the provincial council and not entered yet; an officer will tell you",
            ),
            language,
        )
    said = f"{line['name']}: {_amount(line['amount'], language)}"
    sums = " + ".join(_part(part, language) for part in line["parts"])
    if sums:
        said += f" ({sums})"
    benefit = line.get("benefit")
    if benefit:
        said += _pick(
            (
                f"; áp dụng {benefit['name']} theo {benefit['basis']}",
                f"; {benefit['name']} under {benefit['basis']}",
            ),
            language,
        )
    said += _pick((f"; căn cứ {line['basis']}", f"; basis: {line['basis']}"), language)
    if line["mark"] != Mark.READ:
        said += f" ({_pick(MARKS[Mark(line['mark'])], language)})"
    return said


def _part(part: Mapping[str, Any], language: Language) -> str:
    factors = []
    if part["pages"] is not None:
        factors.append(_pick((f"{part['pages']} trang", _counted(part["pages"], "page", "pages")), language))
    if part["count"] > 1 or not factors:
        factors.append(_pick((f"{part['count']} bản", _counted(part["count"], "copy", "copies")), language))
    said = " × ".join([*factors, _amount(part["rate"], language)])
    if part["cut"]:
        cut = _amount(part["cut"], language)
        said += _pick((f" − {cut} vượt mức tối đa", f" − {cut} over the cap"), language)
    return said


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _number(number: int) -> str:
    """A number above 0 in words; billions repeat: 10^12 is `một nghìn tỷ`."""
    high, low = divmod(number, 1_000_000_000)
    words = f"{_number(high)} tỷ" if high else ""
    for power in (2, 1, 0):
        group = low // 1000**power % 1000
        if group:
            words += f" {_group(group, whole=bool(words))}{_THOUSANDS[power]}"
    return words.strip()


def _group(number: int, *, whole: bool) -> str:
    """Three digits; `whole` says the hundreds aloud even when none, as after a larger group."""
    hundreds, tens, units = number // 100, number // 10 % 10, number % 10
    words = f"{_DIGITS[hundreds]} trăm" if hundreds or whole else ""
    if tens == 0:
        return f"{words} linh {_DIGITS[units]}".strip() if units and words else f"{words}{_bare(units)}"
    words += " mười" if tens == 1 else f" {_DIGITS[tens]} mươi"
    if units:
        words += f" {_after_ten(tens, units)}"
    return words.strip()


def _bare(units: int) -> str:
    return _DIGITS[units] if units else ""


def _after_ten(tens: int, units: int) -> str:
    if units == 5:
        return "lăm"
    if tens > 1 and units in {1, 4}:
        return {1: "mốt", 4: "tư"}[units]
    return _DIGITS[units]


def _amount(amount: int, language: Language) -> str:
    return format_dong(amount) if language == "vi" else _vnd(amount)


def _vnd(amount: int) -> str:
    return f"VND {group_digits(amount).replace('.', ',')}"


def _pick(pair: tuple[str, str], language: Language) -> str:
    return pair[0] if language == "vi" else pair[1]
