"""Fill in a draft: a page's answers, the way to receive the result, a fresh release."""

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict
from tinhso.foundation.cases.models import ProcedureRelease
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.forms.rules.facts import Facts
from tinhso.foundation.forms.rules.filling import Filled, fill_page
from tinhso.foundation.forms.rules.form import Page
from tinhso.foundation.forms.rules.values import Posted
from tinhso.systems.services.events import DraftAnswered
from tinhso.systems.services.models import Draft


class AlreadyFiled(Conflict):
    """The draft became the dossier `code`: another page of the same person filed it."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("Hồ sơ này đã nộp rồi, mã %(code)s.") % {"code": code},
            what_to_do="Mở mục “Của tôi” để theo dõi; cần sửa thì liên hệ nơi tiếp nhận hoặc rút hồ sơ.",
        )
        self.code = code


@transaction.atomic
def answer_page(ctx: Context, draft: Draft, page: Page, posted: Posted, facts: Facts) -> Filled:
    """Keep the good answers of a page; those with faults keep what was there before they were typed."""
    draft = hold(draft)
    filled = fill_page(read_release(draft.release).form, page, posted, facts, draft.answers)
    draft.answers = filled.answers
    if filled.good:
        seen = draft.choices.get("seen", [])
        draft.choices = {**draft.choices, "seen": [*(key for key in seen if key != page.key), page.key]}
    _save(ctx, draft, page.key)
    return filled


@transaction.atomic
def choose_return(ctx: Context, draft: Draft, return_by: str, returning: int | None) -> None:
    """Keep how the result is to be received; `returning` is the centre, None for the one that takes the dossier in."""
    draft = hold(draft)
    draft.choices = {**draft.choices, "return_by": return_by, "returning": returning}
    _save(ctx, draft, "return")


@transaction.atomic
def renew(ctx: Context, draft: Draft, row: ProcedureRelease) -> None:
    """Go on under the release now in force: what was answered stays where the question stays, and is seen again."""
    draft = hold(draft)
    form = read_release(row).form
    draft.release = row
    draft.answers = {key: value for key, value in draft.answers.items() if form.has(key)}
    draft.choices = {key: value for key, value in draft.choices.items() if key != "seen"}
    _save(ctx, draft, "release")


def hold(draft: Draft) -> Draft:
    """The draft's row, locked. Raises AlreadyFiled once it is filed: a filed dossier is changed through the counter."""
    held = Draft.objects.select_for_update(of=("self",)).select_related("release", "case").get(pk=draft.pk)
    if held.case is not None:
        raise AlreadyFiled(held.case.code)
    return held


def _save(ctx: Context, draft: Draft, page: str) -> None:
    draft.changed_at = ctx.now
    draft.save(update_fields=["answers", "choices", "release", "changed_at"])
    record(ctx, DraftAnswered(page=page), subject=("draft", draft.pk))
