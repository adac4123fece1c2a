"""Letters about a dossier, to the address that was given with it."""

from typing import Any

from tinhso.core.context import Context
from tinhso.foundation.cases.models import Case
from tinhso.foundation.notices.actions.write_letter import write_letter
from tinhso.systems.onestop.following import tracking_address


def tell_applicant(ctx: Context, case: Case, letter: str, more: dict[str, Any]) -> None:
    """Write `letter` to the applicant of a dossier, if there is one to write to."""
    if case.applicant is None:
        return
    dossier = case.dossier
    write_letter(
        ctx,
        case.applicant,
        f"onestop/letters/{letter}.txt",
        {"case": case, "dossier": dossier, "tracking": tracking_address(case.code), **more},
        case_id=case.pk,
        email=dossier.contact_email,
        phone=dossier.contact_phone,
    )
