"""The operations wall's figures: each defined once, counted by aggregate SQL, a constant number of queries.

Only counts leave here, no person and no dossier. Months are calendar months in Vietnam.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_noop as _

from tinhso.core.time import VN_ZONE, local
from tinhso.foundation.cases.models import OPEN, Case
from tinhso.foundation.cases.queries import releases_in_force
from tinhso.foundation.cases.reading import read_release
from tinhso.systems.onestop.queries import title_of

TOP = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """One number on the wall. With `denominator` it is a share; `definition` says exactly what is counted."""

    key: str
    label: str
    numerator: int
    definition: str
    denominator: int | None = None
    unit: str = _("hồ sơ")

    @property
    def share(self) -> float | None:
        """The percentage; None where nothing could be counted."""
        return 100 * self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class CommuneFigure:
    """One commune: dossiers its own agencies decide. `late` is part of `open`; position approximate, WGS84 degrees."""

    name: str
    month: int
    open: int
    late: int
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything the wall shows at one moment."""

    figures: dict[str, Figure]
    communes: list[CommuneFigure]
    procedures: list[tuple[str, int]]


def wall(now: datetime) -> Wall:
    """The figures as of `now`. Six queries whatever the size."""
    today, month = _day_start(now), month_start(now)
    figures = [*_received(today, month), *_running(now, today), *_resolved(month)]
    return Wall({figure.key: figure for figure in figures}, _communes(now, month), _procedures(now, month))


def month_start(now: datetime) -> datetime:
    """The first instant of the month in Vietnam."""
    return _day_start(now).replace(day=1)


def _received(today: datetime, month: datetime) -> Iterable[Figure]:
    counted = Case.objects.filter(kind="dossier", submitted_at__gte=month).aggregate(
        month=Count("pk"),
        today=Count("pk", filter=Q(submitted_at__gte=today)),
        online=Count("pk", filter=Q(channel=Case.Channel.ONLINE)),
    )
    yield Figure(
        "today",
        _("Nhận hôm nay"),
        counted["today"],
        _("Hồ sơ nộp từ 0 giờ hôm nay, mọi cách nộp, kể cả chưa tiếp nhận."),
    )
    yield Figure("month", _("Nhận tháng này"), counted["month"], _("Hồ sơ nộp từ ngày 1 của tháng, mọi cách nộp."))
    yield Figure(
        "online",
        _("Nộp trực tuyến"),
        counted["online"],
        _("Hồ sơ nộp trực tuyến trong tháng, chia cho mọi hồ sơ nộp trong tháng. Hồ sơ nhập tại quầy không tính."),
        counted["month"],
    )


def _running(now: datetime, today: datetime) -> Iterable[Figure]:
    tomorrow = today + timedelta(days=1)
    timed = Q(business__in=("accepted", "in_process"))
    counted = Case.objects.filter(kind="dossier", business__in=OPEN).aggregate(
        open=Count("pk"),
        due_today=Count("pk", filter=timed & Q(due_at__gte=today, due_at__lt=tomorrow)),
        late=Count("pk", filter=timed & Q(due_at__lt=now)),
        timed=Count("pk", filter=timed),
    )
    yield Figure(
        "open", _("Đang giải quyết"), counted["open"], _("Hồ sơ đã nộp và chưa có kết quả, kể cả đang chờ bổ sung.")
    )
    yield Figure(
        "due_today",
        _("Đến hạn hôm nay"),
        counted["due_today"],
        _("Hồ sơ đã tiếp nhận, chưa có kết quả, hẹn trả trong hôm nay."),
    )
    yield Figure(
        "late",
        _("Quá hạn"),
        counted["late"],
        _("Hồ sơ quá giờ hẹn trả mà chưa có kết quả, chia cho mọi hồ sơ đang giải quyết, không kể chờ bổ sung."),
        counted["timed"],
    )


def _resolved(month: datetime) -> Iterable[Figure]:
    """On time by dates, not hours, as the calendar rules judge it."""
    done = Case.objects.filter(kind="dossier", resolved_at__gte=month, due_at__isnull=False)
    days = done.annotate(done_on=TruncDate("resolved_at", tzinfo=VN_ZONE), due_on=TruncDate("due_at", tzinfo=VN_ZONE))
    counted = days.aggregate(resolved=Count("pk"), on_time=Count("pk", filter=Q(done_on__lte=F("due_on"))))
    yield Figure(
        "on_time",
        _("Giải quyết đúng hạn"),
        counted["on_time"],
        _("Hồ sơ có kết quả trong tháng, vào ngày hẹn hoặc sớm hơn, chia cho mọi hồ sơ có kết quả trong tháng."),
        counted["resolved"],
    )


def _communes(now: datetime, month: datetime) -> list[CommuneFigure]:
    recent = Case.objects.filter(kind="dossier", dossier__place__level="commune").filter(
        Q(submitted_at__gte=month) | Q(business__in=OPEN)
    )
    place = "dossier__place__"
    rows = recent.values(f"{place}kind", f"{place}name", f"{place}latitude", f"{place}longitude").annotate(
        month=Count("pk", filter=Q(submitted_at__gte=month)),
        open=Count("pk", filter=Q(business__in=OPEN)),
        late=Count("pk", filter=Q(business__in=("accepted", "in_process"), due_at__lt=now)),
    )
    return [
        CommuneFigure(
            name=f"{row[f'{place}kind']} {row[f'{place}name']}",
            month=row["month"],
            open=row["open"],
            late=row["late"],
            latitude=row[f"{place}latitude"],
            longitude=row[f"{place}longitude"],
        )
        for row in rows.order_by("-late", "-open", f"{place}sort_key")
    ]


def _procedures(now: datetime, month: datetime) -> list[tuple[str, int]]:
    rows = Case.objects.filter(kind="dossier", submitted_at__gte=month).values_list("dossier__procedure")
    counted = list(rows.annotate(number=Count("pk")).order_by("-number", "dossier__procedure")[:TOP])
    names = {code: title_of(read_release(row)) for code, row in releases_in_force(local(now).date()).items()}
    return [(names.get(code, code), number) for code, number in counted]


def _day_start(now: datetime) -> datetime:
    return local(now).replace(hour=0, minute=0, second=0, microsecond=0)
