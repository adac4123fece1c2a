"""Every result prints on one page with its marks, from the answers of a sample."""

from datetime import datetime
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from tinhso.core.printing.pictures import qr_svg
from tinhso.core.printing.render import Printed, render
from tinhso.core.time import VN_ZONE
from tinhso.foundation.cases.release import Result
from tinhso.foundation.forms.rules.filling import summary
from tinhso.systems.services.releases.loading import Sample, load_release, load_samples, release_codes, result_template
from tinhso.systems.services.releases.tests.people import citizen

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=VN_ZONE)
COMMUNES = {"07900": "Phường Việt Trì, tỉnh Phú Thọ", "08542": "Xã Thanh Sơn, tỉnh Phú Thọ"}
PRINTED = [
    (sample, result)
    for code in release_codes()
    for sample in load_samples(code, NOW.date(), citizen)
    for result in load_release(code).results_for(sample.answers)
    if result.template
]


def print_sample(sample: Sample, result: Result) -> Printed:
    release = load_release(sample.procedure)
    data = {
        "agency": "Ủy ban nhân dân phường Việt Trì",
        "superior": None,
        "kind": "commune_committee",
        "place": "Việt Trì",
        "province": "Phú Thọ",
        "notation": result.notation,
        "dossier": {"code": "H44.101-261122-0007", "procedure": release.name},
        "result": {"name": result.name, "code": result.code},
        "applicant": {"name": citizen(sample.applicant, "full_name"), "address": ""},
        "answers": sample.answers,
        "said": {row.key: row.value for row in summary(release.form, sample.answers, COMMUNES)},
        "content": {},
        "communes": COMMUNES,
        "day": "2026-11-22",
        "signer": {"name": "Nguyễn Văn Bình", "title": "CHỦ TỊCH", "authority": "TM. ỦY BAN NHÂN DÂN"},
        "qr": qr_svg("https://tinhso.vidu.example/xac-minh/01"),
    }
    return render(result_template(result.template), data, now=NOW)


@pytest.mark.parametrize(
    "sample, result", PRINTED, ids=[f"{sample.procedure}-{sample.key}-{result.key}" for sample, result in PRINTED]
)
def test_a_result_is_one_page_with_places_for_number_date_signature_and_seal(sample: Sample, result: Result) -> None:
    printed = print_sample(sample, result)
    assert PdfFileReader(BytesIO(printed.pdf)).root["/Pages"]["/Count"] == 1
    assert set(printed.marks) == {"number", "date", "signature", "seal"}
