"""Begin to fill in a dossier."""

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Forbidden
from tinhso.core.ids import uuid7
from tinhso.core.time import business_date
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import Release
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.identity.models import Account, Party
from tinhso.systems.services.events import DraftBegun
from tinhso.systems.services.models import Draft
from tinhso.systems.services.queries import can_be_filed_online, get_release_row
from tinhso.systems.services.words import APPLICANTS, say_all

_MAY_BE = {
    Party.Kind.CITIZEN: {"citizen", "overseas"},
    Party.Kind.HOUSEHOLD_BUSINESS: {"business", "organisation", "cooperative"},
    Party.Kind.BUSINESS: {"business", "foreign_business", "organisation"},
    Party.Kind.ORGANISATION: {"organisation", "foreign_organisation", "cooperative", "business"},
}
"""Which applicants of the catalogue an account's party may be (assumed: the catalogue has no household business)."""


@transaction.atomic
def begin_draft(ctx: Context, account: Account, procedure: str) -> Draft:
    """A new draft under the release in force today.

    Raises NotFound, Conflict when the procedure is not filed online, Forbidden when it is not for such applicants.
    """
    row = get_release_row(procedure, business_date(ctx.now))
    release = read_release(row)
    if not can_be_filed_online(release):
        raise Conflict(
            "Thủ tục này không nộp trực tuyến.", what_to_do="Xem nơi nộp trực tiếp trên trang hướng dẫn thủ tục."
        )
    if not may_apply(release, account):
        raise Forbidden(
            "Tài khoản này không thuộc đối tượng làm thủ tục.",
            what_to_do=_("Thủ tục dành cho: %(applicants)s. Đổi sang tài khoản phù hợp.")
            % {"applicants": say_all(APPLICANTS, release.applicants)},
        )
    draft = Draft.objects.create(
        public_id=uuid7(ctx.now),
        account=account,
        release=row,
        answers={},
        choices={},
        begun_at=ctx.now,
        changed_at=ctx.now,
    )
    record(ctx, DraftBegun(procedure=release.code), subject=("draft", draft.pk))
    return draft


def may_apply(release: Release, account: Account) -> bool:
    """Whether the account's party is of a kind that the procedure is for."""
    kinds = _MAY_BE[Party.Kind(account.party.kind)] if account.party else set()
    return bool(kinds & {applicant.value for applicant in release.applicants})
