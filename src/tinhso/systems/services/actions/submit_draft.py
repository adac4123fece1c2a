"""Submit a draft: once, whole, to the centre that takes it in."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid
from tinhso.core.time import business_date
from tinhso.core.web.tags.words import translated
from tinhso.foundation.agencies.models import Agency
from tinhso.foundation.agencies.queries import find_commune, on_day
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.queries import find_not_offered
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.cases.release import Release
from tinhso.foundation.events.actions.record import record
from tinhso.foundation.forms.queries import facts_on
from tinhso.foundation.forms.rules.filling import check_answers, visible_answers
from tinhso.foundation.identity.models import Account, Party
from tinhso.systems.onestop import public as onestop
from tinhso.systems.services.actions.fill_draft import renew
from tinhso.systems.services.events import DraftSubmitted
from tinhso.systems.services.models import Draft, DraftPaper
from tinhso.systems.services.queries import find_centre, get_release_row
from tinhso.systems.services.rules.progress import progress


@transaction.atomic
def submit_draft(ctx: Context, account: Account, draft: Draft) -> Case:
    """The dossier of a draft; a draft that is filed already gives the same dossier again.

    Raises Invalid when something is missing (by page in `fields`), Conflict when it is not offered there.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("release", "case").get(pk=draft.pk)
    if draft.case is not None:
        return draft.case
    release, party = read_release(draft.release), _party(account)
    papers = list(DraftPaper.objects.filter(draft=draft).select_related("file").order_by("id"))
    _must_be_whole(release, draft, papers, ctx)
    answers = visible_answers(release.form, draft.answers)
    receiving = receiving_centre(ctx, release, answers)
    _must_be_offered(release, answers, ctx)
    wanted = {need.paper.key for need in progress(release, answers, (), {}, True).papers}
    taken = [row for row in papers if row.key in wanted]
    filing = onestop.Filing(
        release=draft.release,
        applicant=party,
        answers=answers,
        papers=tuple(onestop.PaperIn(row.key, file=row.file) for row in taken),
        channel=Case.Channel.ONLINE,
        filing="self",
        receiving=receiving,
        returning=_returning(draft, receiving, ctx),
        return_by=draft.choices["return_by"],
        phone=_contact(answers, "dien_thoai"),
        email=_contact(answers, "email"),
    )
    case = onestop.submit(ctx, filing)
    draft.case, draft.changed_at = case, ctx.now
    draft.save(update_fields=["case", "changed_at"])
    record(ctx, DraftSubmitted(code=case.code), subject=("draft", draft.pk), case_id=case.pk)
    return case


def keep_current(ctx: Context, draft: Draft) -> bool:
    """Move a draft to the release in force, when that is another one now; whether it was moved."""
    row = get_release_row(read_release(draft.release).code, business_date(ctx.now))
    if row.pk == draft.release_id:
        return False
    renew(ctx, draft, row)
    return True


def receiving_centre(ctx: Context, release: Release, answers: dict[str, Any]) -> Agency:
    """The centre of the commune that the matter is about, or the province's. Raises Invalid."""
    day = business_date(ctx.now)
    code = next((code for code in communes_named(release, answers)), "")
    centre = find_centre(release, find_commune(code, day) if code else None, day)
    if centre is None:
        raise Invalid(
            "Chưa xác định được Trung tâm tiếp nhận hồ sơ này.",
            what_to_do="Xem lại câu trả lời về xã, phường; những gì bạn đã nhập vẫn được giữ.",
        )
    return centre


def communes_named(release: Release, answers: dict[str, Any]) -> list[str]:
    """Codes of the communes that decide who handles a dossier with these answers."""
    found = []
    for key in sorted(onestop.place_questions(release.agencies)):
        answer = answers.get(key)
        code = answer.get("commune", "") if isinstance(answer, dict) else answer
        if isinstance(code, str) and code:
            found.append(code)
    return found


def _must_be_whole(release: Release, draft: Draft, papers: list[DraftPaper], ctx: Context) -> None:
    counts: dict[str, int] = {}
    for row in papers:
        counts[row.key] = counts.get(row.key, 0) + 1
    checked = check_answers(
        release.form, visible_answers(release.form, draft.answers), facts_on(business_date(ctx.now))
    )
    seen = draft.choices.get("seen", [])
    state = progress(release, draft.answers, seen, counts, bool(draft.choices.get("return_by")))
    if state.ready and not onestop.filing_faults(release, checked, counts, draft.choices.get("return_by", "")):
        return
    faults = {page.key: _("Còn thiếu phần “%(part)s”.") % {"part": translated(page.title)} for page in state.todo}
    faulty = {fault.question for fault in checked.faults}
    faults |= {
        page.key: _("Cần xem lại phần “%(part)s”.") % {"part": translated(page.title)}
        for page in state.pages
        if faulty & {question.key for question in page.questions}
    }
    faults |= {
        f"giay-to/{need.paper.key}": _("Còn thiếu giấy tờ: %(paper)s.") % {"paper": translated(need.paper.name)}
        for need in state.papers
        if not need.done
    }
    if not state.return_chosen:
        faults["nop/nhan-ket-qua"] = _("Chưa chọn cách nhận kết quả.")
    raise Invalid(
        "Hồ sơ còn thiếu nên chưa nộp được. Những gì bạn đã nhập vẫn được giữ.",
        what_to_do="Bổ sung các phần dưới đây rồi nộp lại.",
        fields=faults,
    )


def _must_be_offered(release: Release, answers: dict[str, Any], ctx: Context) -> None:
    for commune in communes_named(release, answers):
        refused = find_not_offered(release.code, commune, business_date(ctx.now))
        if refused:
            instead = refused.instead or _("gọi đường dây hỗ trợ để được chỉ dẫn")
            raise Conflict(
                _("%(agency)s không giải quyết thủ tục này. Hồ sơ chưa được nộp, mọi thứ vẫn được giữ.")
                % {"agency": refused.agency.name},
                what_to_do=_("Nơi giải quyết thay: %(instead)s.") % {"instead": instead},
            )


def _returning(draft: Draft, receiving: Agency, ctx: Context) -> Agency:
    chosen = draft.choices.get("returning")
    found = Agency.objects.filter(on_day(business_date(ctx.now)), pk=chosen).first() if chosen else None
    return found or receiving


def _party(account: Account) -> Party:
    if account.party is None:
        raise Conflict(
            "Tài khoản này chưa gắn với một người hay tổ chức nào nên chưa nộp được hồ sơ.",
            what_to_do="Đến Trung tâm Phục vụ hành chính công để được gắn thông tin; hồ sơ đang soạn vẫn được giữ.",
        )
    return account.party


def _contact(answers: dict[str, Any], last: str) -> str:
    return next((str(value) for key, value in answers.items() if key.rsplit(".", 1)[-1] == last), "")
