"""What needs a look: procedures with open points, narrowed by field, reason and sector."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tinhso.core.language import reader_language
from tinhso.core.web.access import signed_in
from tinhso.systems.procedures.policies import catalogue, require
from tinhso.systems.procedures.queries import Filter, count_open_records, open_counts, open_records, sector_counts
from tinhso.systems.procedures.rules.review import Reason
from tinhso.systems.procedures.words import FIELDS, say_field, say_reason


def filter_of(given: Any) -> Filter:
    """The filter an address names; what is not known is left out."""
    field, reason = given.get("muc", ""), given.get("ly-do", "")
    return Filter(
        field=field if field in FIELDS else "",
        reason=reason if reason in set(Reason) else "",
        sector=given.get("linh-vuc", "")[:200],
    )


def query_of(wanted: Filter, **more: str) -> str:
    """The filter as the query of an address."""
    said = {"muc": wanted.field, "ly-do": wanted.reason, "linh-vuc": wanted.sector, **more}
    return urlencode({key: value for key, value in said.items() if value})


@require_GET
@signed_in("officer")
def review_list(request: Any) -> HttpResponse:
    """Procedures with something open, by name, and how many there are by field and reason."""
    require(catalogue.may_settle(request.ctx))
    wanted = filter_of(request.GET)
    page = open_records(wanted, after=request.GET.get("sau", ""))
    sectors = sector_counts()
    context = {
        "wanted": wanted,
        "query": query_of(wanted),
        "page": page,
        "next_url": f"?{query_of(wanted, sau=page.after)}" if page.after else "",
        "first_url": f"?{query_of(wanted)}" if request.GET.get("sau") else "",
        "counts": [
            {
                "field": say_field(one.field, reader_language()),
                "reason": say_reason(Reason(one.reason), reader_language()),
                "records": one.records,
                "withheld": one.withheld,
                "query": query_of(Filter(one.field, one.reason, wanted.sector)),
                "current": (one.field, one.reason) == (wanted.field, wanted.reason),
            }
            for one in open_counts(wanted.sector)
        ],
        "sectors": [("", _("Tất cả lĩnh vực")), *((key, f"{name} ({count})") for key, name, count in sectors)],
        "total": sum(count for _, _, count in sectors),
        "open_total": count_open_records(),
        "field_name": say_field(wanted.field, reader_language()) if wanted.field else "",
        "reason_name": say_reason(Reason(wanted.reason), reader_language()) if wanted.reason else "",
    }
    return render(request, "procedures/review_list.html", context)
