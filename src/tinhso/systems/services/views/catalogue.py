"""The catalogue: finding a procedure, understanding it, knowing where to bring it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tinhso.core.money import format_dong
from tinhso.core.time import business_date
from tinhso.core.web.access import public
from tinhso.core.web.tags.words import translated
from tinhso.foundation.agencies.models import Place
from tinhso.foundation.agencies.queries import communes
from tinhso.foundation.cases.queries import find_not_offered
from tinhso.foundation.cases.release import FeeLine, FeeRule, Paper, Release, Step, Variant
from tinhso.foundation.forms.rules.conditions import Condition, Not
from tinhso.foundation.forms.rules.form import Form
from tinhso.foundation.forms.rules.values import find_commune_code
from tinhso.foundation.payments.queries import rates_on
from tinhso.foundation.payments.rules.fees import Rate
from tinhso.systems.onestop import public as onestop
from tinhso.systems.procedures import public as national
from tinhso.systems.services import words
from tinhso.systems.services.queries import (
    can_be_filed_online,
    desks_at,
    find_release,
    get_release,
    levels,
    search_catalogue,
)


@public
def catalogue(request: Any) -> HttpResponse:
    """Everything that can be asked for, found by words, sector, level, life event."""
    given = {key: request.GET.get(key, "").strip()[:100] for key in ("q", "linh-vuc", "cap", "su-kien")}
    day = business_date(request.ctx.now)
    found = search_catalogue(
        day,
        words=given["q"],
        sector=given["linh-vuc"],
        level=given["cap"],
        life_event=given["su-kien"],
        after=request.GET.get("tiep", "")[:300],
    )
    here = {key: text for key, text in given.items() if text}
    event = words.LIFE_EVENTS.get(given["su-kien"])
    return render(
        request,
        "services/catalogue.html",
        {
            "entries": found.entries,
            "further": found.further,
            "read_as": found.read_as,
            "next_url": f"?{urlencode({**here, 'tiep': found.after})}" if found.after else "",
            "previous_url": f"?{urlencode(here)}" if "tiep" in request.GET else "",
            "typed": given["q"],
            "values": given,
            "narrowed": any(given[key] for key in ("linh-vuc", "cap", "su-kien")),
            "event": _(event[0]) if event else "",
            "sectors": [("", _("Mọi lĩnh vực")), *((key, translated(name)) for key, name in found.sectors)],
            "levels": [("", _("Mọi cấp")), *((key, _(words.LEVELS[key])) for key in levels())],
            "events": [("", _("Mọi việc")), *((key, _(row[0])) for key, row in words.LIFE_EVENTS.items())],
            "online_words": {key: _(text) for key, text in words.ONLINE.items()},
        },
    )


@public
def procedure(request: Any, code: str) -> HttpResponse:
    """One procedure as the person who needs it asks: what to bring, how long, how much, who decides."""
    day = business_date(request.ctx.now)
    release = find_release(code, day)
    if release is None and (known := national.find_catalogue_record(code)):
        return render(request, "services/record.html", {"record": known, "entry": known.entry})
    release = release or get_release(code, day)
    rates = rates_on(day)
    return render(
        request,
        "services/procedure.html",
        {
            "release": release,
            "name": release.short_name or release.name,
            "online": can_be_filed_online(release),
            "online_words": _(words.ONLINE[release.online.value]),
            "channels": words.say_all(words.CHANNELS, release.channels),
            "applicants": words.say_all(words.APPLICANTS, release.applicants),
            "levels": words.say_all(words.LEVELS, release.levels),
            "variants": [_variant(release, variant) for variant in release.cases],
            "fees": [_fee(release, line, rates) for line in release.fees],
            "steps": [(step.name, _who(release, step), _limit(step)) for step in release.steps],
        },
    )


@public
def where_to_file(request: Any, code: str) -> HttpResponse:
    """Where people of a commune bring it; who does it instead where the commune does not."""
    day = business_date(request.ctx.now)
    release = get_release(code, day)
    typed = request.GET.get("xa", "").strip()[:100]
    places = communes(day)
    place = find_place(typed, places)
    refused = find_not_offered(release.code, place.code, day) if place else None
    return render(
        request,
        "services/where_to_file.html",
        {
            "release": release,
            "name": release.short_name or release.name,
            "online": can_be_filed_online(release),
            "place": place,
            "places": places,
            "values": {"xa": str(place) if place else typed},
            "errors": {"xa": _("Không tìm thấy xã, phường này. Bạn chọn trong danh sách.")}
            if typed and not place
            else {},
            "desks": desks_at(release, place, day) if place and not refused else [],
            "refused": refused,
        },
        status=422 if typed and not place else 200,
    )


@dataclass(frozen=True, slots=True)
class _Variant:
    """A case of the procedure as its page shows it; `papers` with when they are needed."""

    name: str
    limit: str
    basis: str
    mark: str
    papers: list[tuple[Paper, str]]


@dataclass(frozen=True, slots=True)
class _Fee:
    """A fee as its page shows it: (channel, amount in words) rows."""

    name: str
    amounts: list[tuple[str, str]]
    basis: str
    mark: str
    note: str
    exempt: list[str]


def _variant(release: Release, variant: Variant) -> _Variant:
    limit = variant.limit
    papers = [
        (paper, _when(release.form, paper.when) if paper.when else "")
        for paper in release.papers
        if paper.key in variant.papers and not paper.declaration
    ]
    basis = release.legal_text(limit.basis, limit.article)
    return _Variant(variant.name, limit.text, basis, _(words.MARKS[limit.mark]), papers)


def _when(form: Form, condition: Condition) -> str:
    """When a paper is needed, as a line of its own: `Khi: …`, or `Trừ khi …`."""
    said = onestop.say_condition(form, condition)
    return f"{said[0].upper()}{said[1:]}" if isinstance(condition, Not) else _("Khi: %(when)s") % {"when": said}


def _fee(release: Release, line: FeeLine, rates: dict[str, Rate]) -> _Fee:
    rate = rates.get(line.table)
    council = line.rule is FeeRule.COUNCIL and rate is not None
    return _Fee(
        name=line.name,
        amounts=[(_(words.CHANNELS[channel]), _amount(line, channel, rate)) for channel in release.channels],
        basis=rate.basis.text if council and rate else release.legal_text(line.basis, line.article),
        mark=_(words.MARKS[rate.basis.mark if council and rate else line.mark]),
        note=line.note,
        exempt=[exemption.name for exemption in line.exemptions],
    )


def _amount(line: FeeLine, channel: str, rate: Rate | None) -> str:
    if line.rule is FeeRule.FREE:
        return _("Miễn phí")
    if line.rule is FeeRule.TIERS:
        return "; ".join(_tiers(line))
    full = line.amount if line.rule is FeeRule.FIXED else rate.amount if rate else None
    if full is None:
        return _("Hội đồng nhân dân tỉnh quyết định; chưa có mức thu trong hệ thống")
    if channel == "online":
        full = line.online_amount if line.online_amount is not None else full * (100 - line.online_discount) // 100
    if full == 0:
        return _("Miễn phí")
    return _("%(amount)s mỗi bản") % {"amount": format_dong(full)} if line.per == "copy" else format_dong(full)


def _tiers(line: FeeLine) -> list[str]:
    said = [
        _("từ trang %(page)s: %(amount)s mỗi trang") % {"page": tier.from_page, "amount": format_dong(tier.amount)}
        for tier in line.tiers
    ]
    return [*said, _("nhiều nhất %(amount)s mỗi bản") % {"amount": format_dong(line.cap)}] if line.cap else said


def _limit(step: Step) -> str:
    return words.say_span(step.limit.amount, step.limit.unit)


def _who(release: Release, step: Step) -> str:
    return _("Nơi tiếp nhận") if step.agency == "receiving" else release.part(step.agency).name


def find_place(typed: str, places: list[Place]) -> Place | None:
    """The commune that a code or a name means, if it can mean only one."""
    named = {place.code: str(place) for place in places}
    code = typed if typed in named else find_commune_code(typed, named)
    return next((place for place in places if place.code == code), None)
