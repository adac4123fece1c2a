"""Printing a result from the template of its release."""

import re
from datetime import date
from typing import Any

from tinhso.core.context import Context
from tinhso.core.printing.pictures import qr_svg
from tinhso.core.printing.render import Printed, render
from tinhso.core.settings import current
from tinhso.core.time import business_date
from tinhso.foundation.agencies.models import Agency, Post
from tinhso.foundation.agencies.queries import communes
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.queries import current_answers
from tinhso.foundation.cases.release import Release
from tinhso.foundation.cases.release import Result as DeclaredResult
from tinhso.foundation.forms.rules.filling import summary
from tinhso.foundation.identity.models import Account
from tinhso.foundation.identity.queries import held_posts
from tinhso.systems.onestop.models import Result

AUTHORITY = {"commune_committee": "TM. ỦY BAN NHÂN DÂN", "province_committee": "TM. ỦY BAN NHÂN DÂN"}
"""Signing authority printed over the title for those who sign for a collective (Decree 30/2020/NĐ-CP art. 13; read)."""


def verification_address(result: Result) -> str:
    """Where anyone checks the paper: what its QR code holds."""
    return f"{current().base_url}/xac-minh/{result.public_id}"


def print_result(ctx: Context, case: Case, release: Release, result: Result, signer: Account) -> Printed:
    """The result's paper as it will be signed by `signer`, number and date cells blank."""
    declared = declared_result(release, result.key)
    if case.release is None:
        raise ValueError("a dossier has a release")
    data = result_data(ctx, case, release, result, signer)
    return render(case.release.templates[declared.template], data, now=ctx.now)


def declared_result(release: Release, key: str) -> DeclaredResult:
    return next(result for result in release.results if result.key == key)


def result_data(ctx: Context, case: Case, release: Release, result: Result, signer: Account) -> dict[str, Any]:
    """What a result template is given; see releases/README.md for the shape."""
    declared = declared_result(release, result.key)
    answers = current_answers(case.pk).answers
    agency, day = result.agency, business_date(ctx.now)
    names = _whole_names(day)
    rows = summary(release.form, answers, names)
    applicant = case.applicant
    return {
        "agency": agency.name,
        "superior": agency.parent.name if agency.parent else None,
        "kind": agency.kind,
        "place": agency.place.name if agency.place else "",
        "province": current().province_name,
        "notation": declared.notation,
        "dossier": {"code": case.code, "procedure": release.name},
        "result": {"name": declared.name, "code": declared.code},
        "applicant": {"name": applicant.name if applicant else "", "address": applicant.address if applicant else ""},
        "answers": answers,
        "said": {row.key: row.value for row in rows},
        "content": result.content or {},
        "communes": names,
        "day": day.isoformat(),
        "signer": {"name": signer.full_name, **_title(ctx, signer, agency)},
        "qr": qr_svg(verification_address(result)),
    }


def _whole_names(day: date) -> dict[str, str]:
    """Communes by code, with the province: a paper is read far from where it was made."""
    province = current().province_name
    return {place.code: f"{place}, {province[:1].lower()}{province[1:]}" for place in communes(day)}


def _title(ctx: Context, signer: Account, agency: Agency) -> dict[str, str]:
    """Title and authority of who signs for an agency that day (Decree 30/2020/NĐ-CP art. 13)."""
    posts = held_posts(signer.pk, business_date(ctx.now))
    own = next((post for post in posts if post.agency_id == agency.pk and post.role == Post.Role.LEADER), None)
    title, authority = own.title if own else "", AUTHORITY.get(agency.kind, "")
    if authority:
        title = re.split(r"\s+(?:Ủy ban|UBND)", title)[0]
    if title.lower().startswith("phó ") and authority:
        authority = f"KT. {title.split(' ', 1)[1].upper()}"
    return {"title": title.upper(), "authority": authority}
