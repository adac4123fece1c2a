"""The home page: what do you need, where is my dossier, is this paper real."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tinhso.core.time import business_date
from tinhso.core.web.access import public
from tinhso.systems.services.queries import first_entries
from tinhso.systems.services.words import LIFE_EVENTS


@public
def home(request: Any) -> HttpResponse:
    events = [(key, _(title), _(under), icon) for key, (title, under, icon) in LIFE_EVENTS.items()]
    context = {"events": events, "entries": first_entries(business_date(request.ctx.now))}
    return render(request, "public/home.html", context)
