"""What the slips say (Circular 03/2025/TT-VPCP forms 01 to 07: titles read, layouts assumed, so they are templates)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop, override

from tinhso.core.context import Context
from tinhso.core.ids import uuid7
from tinhso.core.money import format_dong
from tinhso.core.printing.pictures import qr_svg
from tinhso.core.printing.render import render
from tinhso.core.settings import current
from tinhso.core.time import business_date, iso, local
from tinhso.foundation.agencies.queries import current_code
from tinhso.foundation.cases.models import Case
from tinhso.foundation.cases.queries import papers_of
from tinhso.foundation.cases.release import Release
from tinhso.foundation.identity.models import Account
from tinhso.systems.onestop.following import tracking_address
from tinhso.systems.onestop.models import Slip, Supplement
from tinhso.systems.onestop.money import payment_of, still_due
from tinhso.systems.onestop.words import say_return

_PAPERS = Path(__file__).parent / "papers"

TITLES = {
    "acceptance": gettext_noop("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "supplement": gettext_noop("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    "refusal": gettext_noop("Phiếu từ chối tiếp nhận, giải quyết hồ sơ"),
    "apology": gettext_noop("Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
}


@dataclass(frozen=True, slots=True)
class PreparedSlip:
    """What a slip will say but for the dossier's code, so that it can be gathered before the code is taken."""

    kind: str
    procedure: str
    agency_code: str
    data: dict[str, Any]


def prepare_acceptance_slip(ctx: Context, case: Case, release: Release) -> PreparedSlip:
    """Form 01, with what was handed in, the promised date and why."""
    dossier = case.dossier
    with override("vi"):
        back = say_return(dossier.return_by, case.returned_by)
    lines = [
        ("Thời gian giải quyết", release.case(case.case_key).limit.text),
        ("Thời gian nhận hồ sơ", _moment(ctx.now)),
        ("Thời gian trả kết quả dự kiến", _moment(case.due_at) if case.due_at else "Không hẹn ngày"),
        ("Nơi và cách nhận kết quả", back),
    ]
    explanation = (dossier.explanation or {}).get("vi", "")
    more = {"lines": lines, "papers": _papers(case, release), "why": explanation}
    return _prepare(ctx, case, release, "acceptance", more)


def give_supplement_slip(ctx: Context, case: Case, release: Release, asked: Supplement) -> Slip:
    """Form 02: everything that is missing, at one time."""
    names = {paper.key: paper.name for paper in release.papers}
    rows = [[names.get(item["paper"], item["paper"]), item.get("note", "")] for item in asked.wanted["papers"]]
    more = {
        "rows": rows,
        "reason": asked.wanted["reason"],
        "close_on": f"{asked.close_on:%d/%m/%Y}",
        "early": case.accepted_at is None,
    }
    return give_slip(ctx, case, _prepare(ctx, case, release, "supplement", more))


def give_refusal_slip(ctx: Context, case: Case, release: Release, reason: str) -> Slip:
    """Form 03: the reason, and whom to ask."""
    return give_slip(ctx, case, _prepare(ctx, case, release, "refusal", {"reason": reason}))


def give_apology_slip(ctx: Context, case: Case, release: Release, reason: str, before: datetime) -> Slip:
    """Form 04: sorry, why, and the new date."""
    said = {"reason": reason, "before": f"{local(before):%d/%m/%Y}", "until": _moment(case.due_at)}
    return give_slip(ctx, case, _prepare(ctx, case, release, "apology", said))


def give_slip(ctx: Context, case: Case, prepared: PreparedSlip) -> Slip:
    """Keep what the slip says, for ever, now that the dossier has its code. It is drawn when somebody opens it."""
    said = {
        "Mã hồ sơ": case.code,
        "Mã thủ tục": prepared.procedure,
        "Cơ quan": prepared.agency_code,
        "Giấy tờ": TITLES[prepared.kind],
        "Hệ thống": f"TỉnhSố {current().province_name}",
        "Lập lúc": iso(ctx.now),
        "Hẹn trả": iso(case.due_at) if case.due_at else "",
        "Tra cứu": tracking_address(case.code),
    }
    coded = {
        "code": case.code,
        "said": "\n".join(f"{name}: {value}" for name, value in said.items() if value),
        "track": tracking_address(case.code),
        "paid": _paid(case),
    }
    return Slip.objects.create(
        public_id=uuid7(ctx.now),
        case=case,
        kind=prepared.kind,
        data={**prepared.data, **coded},
        issued_at=ctx.now,
    )


def print_slip(slip: Slip) -> bytes:
    """The PDF of a slip: the same bytes each time it is asked for."""
    return render(_PAPERS / f"{slip.kind}.typ", {**slip.data, **_codes(slip.data)}, now=slip.issued_at).pdf


def _codes(data: dict[str, Any]) -> dict[str, str]:
    """The QR codes, drawn anew from what they say; a slip given out by an earlier version keeps its drawn ones."""
    return {"qr": qr_svg(data["said"]), "track_qr": qr_svg(data["track"])} if "said" in data else {}


def slip_name(slip: Slip) -> str:
    """What the file is called when it is saved: `phieu-tiep-nhan-H44.148-261122-0001.pdf`."""
    return f"{_FILE_NAMES[slip.kind]}-{slip.data['code']}.pdf"


_FILE_NAMES = {
    "acceptance": "phieu-tiep-nhan",
    "supplement": "phieu-bo-sung",
    "refusal": "phieu-tu-choi",
    "apology": "phieu-xin-loi",
}


def _prepare(ctx: Context, case: Case, release: Release, kind: str, more: dict[str, Any]) -> PreparedSlip:
    agency = case.received_by
    if agency is None:
        raise ValueError(f"case {case.pk} was received by nobody")
    day = local(ctx.now)
    heading = {
        "agency": agency.name,
        "superior": agency.parent.name if agency.parent else None,
        "title": TITLES[kind],
        "place": agency.place.name if agency.place else current().province_name,
        "day": f"ngày {day:%d} tháng {day:%m} năm {day:%Y}",
    }
    data = {**heading, **_parties(ctx, case, release), **more}
    return PreparedSlip(kind, release.code, current_code(agency.pk, business_date(ctx.now)), data)


def _parties(ctx: Context, case: Case, release: Release) -> dict[str, Any]:
    applicant, dossier = case.applicant, case.dossier
    officer = Account.objects.filter(pk=ctx.actor, realm="officer").first()
    address = (
        ", ".join(part for part in (applicant.address, str(applicant.place) if applicant.place else "") if part)
        if applicant
        else ""
    )
    return {
        "procedure": release.name,
        "applicant": applicant.name if applicant else "",
        "address": address,
        "phone": dossier.contact_phone,
        "email": dossier.contact_email,
        "officer": officer.full_name if officer else "",
        "hotline": current().hotline,
    }


def _papers(case: Case, release: Release) -> list[list[str]]:
    names = {paper.key: paper.name for paper in release.papers}
    counts: dict[str, list[int]] = {}
    for row in papers_of(case.pk):
        have = counts.setdefault(row.key, [0, 0, 0])
        have[0] += row.originals
        have[1] += row.copies
        have[2] += 1 if row.file_id else 0
    return [[names.get(key, key), *(str(number) if number else "" for number in have)] for key, have in counts.items()]


def _paid(case: Case) -> str:
    request = None if case.money == Case.Money.NONE else payment_of(case.pk)
    if request is None:
        return "Chưa xác định mức thu" if case.money == Case.Money.UNDECIDED else "Không thu"
    return f"{format_dong(request.amount)} ({'chưa nộp đủ' if still_due(case.pk) else 'đã nộp'})"


def _moment(moment: Any) -> str:
    here = local(moment)
    return f"{here:%H} giờ {here:%M} ngày {here:%d/%m/%Y}"
