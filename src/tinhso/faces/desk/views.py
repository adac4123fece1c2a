"""The desk's own pages: the inbox, which is its home, and the search over dossiers."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tinhso.core.text import whole_number
from tinhso.core.time import business_date
from tinhso.core.web.access import signed_in
from tinhso.core.web.kept import kept_values
from tinhso.foundation.cases.models import Case
from tinhso.systems.onestop.counter import find_by_number
from tinhso.systems.onestop.policies import dossiers
from tinhso.systems.onestop.queries import (
    Found,
    InboxFilter,
    calendars,
    colleagues,
    counts_for,
    dossiers_by_code,
    dossiers_by_name,
    dossiers_of,
    inbox,
    next_due,
)
from tinhso.systems.onestop.rules import CODE_SHAPE
from tinhso.systems.onestop.words import Left, say_left

NAMES = ("vi-tri", "han", "thu-tuc", "ai")


@signed_in("officer")
def home(request: Any) -> HttpResponse:
    """One inbox over all posts of the officer, oldest due first."""
    wanted = InboxFilter.of(*(request.GET.get(name, "") for name in NAMES))
    after = request.GET.get("tu", "")
    counts = counts_for(request)
    page = inbox(request.ctx, request.posts, wanted, after, counts=counts)
    context = {
        "inbox": page,
        "wanted": wanted,
        "counts": counts,
        "views": _views(wanted),
        "next_url": f"/can-bo/?{_query(wanted, page.after)}" if page.after else "",
        "previous_url": f"/can-bo/?{wanted.query}" if after else "",
        "posts": [(post.pk, str(post)) for post in request.posts],
        "people": colleagues(request.ctx, request.posts) if page.rows else [],
        "soonest": _soonest(request) if not page.rows else None,
    }
    return render(request, "desk/inbox.html", context)


@signed_in("officer")
@require_http_methods(["GET", "POST"])
def search(request: Any) -> HttpResponse:
    """Dossiers by code (in the address too), by name (posted), by personal or tax number (posted, and recorded)."""
    typed = request.POST if request.method == "POST" else {"q": request.GET.get("q", "")} | kept_values(request)
    words, number, before = (typed.get(name, "").strip() for name in ("q", "number", "truoc"))
    found: list[Found] = []
    more = None
    if request.method == "POST" and re.search("[0-9]", number):
        parties = find_by_number(request.ctx, number)
        found = [row for party in parties for row in dossiers_of(request.user, request.posts, party.pk)]
    elif CODE_SHAPE.match(words.upper()) and _visible(request, words.upper()):
        return redirect("desk_case", code=words.upper())
    elif _CODE_BEGINS.match(words.upper()):
        found, more = dossiers_by_code(request.user, request.posts, words, whole_number(before))
    elif request.method == "POST" and words:
        found, more = dossiers_by_name(request.user, request.posts, words, whole_number(before))
    asked = bool(words or number) if request.method == "POST" else bool(_CODE_BEGINS.match(words.upper()))
    context = {"words": words, "number": number, "found": found, "asked": asked, "more": more}
    return render(request, "desk/search.html", context)


_CODE_BEGINS = re.compile(r"(?=[^0-9]*[0-9])[0-9A-Z.-]+$")


def _views(wanted: InboxFilter) -> dict[str, str]:
    """The addresses of the inbox's views, other filters kept."""
    every = InboxFilter(post=wanted.post, procedure=wanted.procedure)
    views = {"all": every, "late": replace(every, late=True)}
    views |= {mine: replace(every, mine=mine) for mine in ("mine", "free")}
    return {name: f"/can-bo/?{view.query}" for name, view in views.items()}


def _query(wanted: InboxFilter, after: str) -> str:
    return "&".join(part for part in (wanted.query, urlencode({"tu": after})) if part)


def _visible(request: Any, code: str) -> bool:
    case = Case.objects.filter(code=code).first()
    return case is not None and dossiers.may_see(request.user, case, request.posts)


def _soonest(request: Any) -> tuple[Case, Left] | None:
    """What falls due next in these agencies, for an empty inbox."""
    work = next_due(request.ctx, request.posts)
    if work is None:
        return None
    place = work.case.decided_by_id, work.case.dossier.procedure
    calendar = calendars({place}, business_date(request.ctx.now))[place]
    return work.case, say_left(work.due_at, request.ctx.now, calendar)
