"""What a post was told about open work: near its end, late, not taken, answered."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tinhso.core.text import whole_number
from tinhso.core.web.access import signed_in
from tinhso.foundation.cases.actions.see_alerts import see_alerts
from tinhso.foundation.cases.queries import unseen_alerts
from tinhso.systems.accounts.public import answer_once


@signed_in("officer")
@require_http_methods(["GET", "POST"])
def alerts(request: Any) -> HttpResponse:
    """What the officer's posts have not seen, newest first; ticked or all of it is put away."""
    posts = [post.pk for post in request.posts]
    if request.method == "POST":
        seen = [number for value in request.POST.getlist("nhac") if (number := whole_number(value))]

        def act() -> str:
            see_alerts(request.ctx, posts, seen)
            return reverse("desk_alerts")

        return answer_once(request, act)
    return render(request, "onestop/desk/alerts.html", {"alerts": unseen_alerts(posts)})
