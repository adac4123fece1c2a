"""Numbers, money, dates, percentages as Vietnam reads them."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tinhso.core.language import reader_language
from tinhso.core.money import group_digits
from tinhso.core.time import local

register = Library()

NBSP = "\u00a0"
_VIETNAMESE = str.maketrans(",.", ".,")
Number = int | float | Decimal


@register.filter
def digits(number: Number | None) -> str:
    """`1234567` as `1.234.567`; decimals behind a comma. None is empty."""
    if number is None:
        return ""
    return f"{Decimal(str(number)):,f}".translate(_VIETNAMESE)


@register.filter
def dong(amount: int | None) -> str:
    """`1234567` as `1.234.567 đồng`, to a reader of English as `VND 1,234,567`. None is empty."""
    if amount is None:
        return ""
    if reader_language() == "en":
        return f"VND{NBSP}{int(amount):,}"
    return f"{group_digits(int(amount))}{NBSP}đồng"


@register.filter
def day(moment: date | None) -> str:
    """`21/11/2026`: a date, or the Vietnamese date of an aware instant. None is empty."""
    if moment is None:
        return ""
    return f"{local(moment) if isinstance(moment, datetime) else moment:%d/%m/%Y}"


@register.filter
def clock(moment: datetime | None) -> str:
    """`14 giờ 05`, in Vietnam's zone. None is empty."""
    if moment is None:
        return ""
    here = local(moment)
    return _("%(hour)s giờ %(minute)s") % {"hour": here.hour, "minute": f"{here:%M}"}


@register.filter
def moment(instant: datetime | None) -> str:
    """`14 giờ 05, 21/11/2026`, in Vietnam's zone. None is empty."""
    return "" if instant is None else f"{clock(instant)}, {day(instant)}"


@register.filter
def percent(value: Number | None) -> str:
    """`69.864` (already a percentage) as `69,86 %`: always two decimals, halves up. None is a dash."""
    if value is None:
        return "–"
    rounded = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{digits(rounded)}{NBSP}%"


@register.filter
def inside(name: str) -> str:
    """A place's name inside a sentence: `Tỉnh Phú Thọ` as `tỉnh Phú Thọ`."""
    return name[:1].lower() + name[1:]


@register.simple_tag
def ratio(numerator: int, denominator: int, what: str = "") -> SafeString:
    """`87,40 %`, with numerator and denominator one click away; a dash in words when there is nothing to count."""
    if not denominator:
        return format_html('<span class="ts-soft">{}</span>', _("chưa có số liệu"))
    shown = percent(Decimal(numerator) * 100 / Decimal(denominator))
    parts = f"{group_digits(numerator)}{NBSP}/{NBSP}{group_digits(denominator)}"
    html = '<details class="ts-ratio"><summary>{}</summary><span class="ts-soft">{} {}</span></details>'
    return format_html(html, shown, parts, what)
