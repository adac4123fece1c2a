"""Give the next piece of work to the post that does it."""

from datetime import datetime

from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict
from tinhso.core.time import business_date
from tinhso.core.web.tags.words import translated
from tinhso.foundation.agencies.models import Agency
from tinhso.foundation.agencies.queries import find_post
from tinhso.foundation.cases.models import Case, CaseAgency, Task
from tinhso.foundation.cases.release import Release, Step

DECIDING = "deciding"
RECEIVING = "receiving"
RETURNING = "returning"


def open_task(ctx: Context, case: Case, release: Release, step: Step, due_at: datetime) -> Task:
    """Open the work of `step` at the post of its agency that does such work.

    Raises Conflict where the agency has no such post: the case waits where it is, and somebody is named to mend it.
    """
    agency = agency_of_part(case, step.agency)
    sector = next((part.sector for part in release.agencies if part.key == step.agency), "") or release.sector
    post = find_post(agency.pk, step.role, sector, business_date(ctx.now))
    if post is None:
        raise Conflict(
            _("%(agency)s chưa có vị trí làm bước “%(step)s”, nên hồ sơ chưa được chuyển đi.")
            % {"agency": agency.name, "step": translated(step.name)},
            what_to_do="Báo cán bộ quản trị thêm vị trí cho cơ quan này rồi làm lại; hồ sơ vẫn giữ nguyên.",
        )
    return Task.objects.create(
        case=case,
        step=step.key,
        procedure=release.code,
        post=post,
        opened_at=ctx.now,
        due_at=due_at,
        look_at=ctx.now,
    )


def agency_of_part(case: Case, part: str) -> Agency:
    """The agency that has `part` in a case: receiving, returning, or a part that the release names."""
    if part == DECIDING and case.decided_by:
        return case.decided_by
    if part == RECEIVING and case.received_by:
        return case.received_by
    if part == RETURNING and case.returned_by:
        return case.returned_by
    return CaseAgency.objects.select_related("agency").get(case=case, part=part).agency
