"""The twelve procedures as declared: whole, consistent, and fillable by somebody."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tinhso.core.errors import Invalid, NotFound
from tinhso.foundation.cases.release import (
    OnlineLevel,
    Release,
    StepKind,
    content_hash,
    release_document,
)
from tinhso.foundation.cases.release_fees import fees_of, items_of, traits_of
from tinhso.foundation.cases.release_reading import parse_release
from tinhso.foundation.forms.rules.facts import Facts
from tinhso.foundation.forms.rules.filling import check_answers, fill_form, next_page, prefill, shown_pages, summary
from tinhso.foundation.forms.rules.values import posted_from
from tinhso.foundation.forms.words import say_fault
from tinhso.foundation.payments.rules.fees import Channel, Rate, Situation, assess
from tinhso.foundation.payments.rules.law import Basis, Mark
from tinhso.systems.services.releases.loading import (
    Sample,
    fee_rows,
    load_release,
    load_samples,
    release_codes,
    result_template,
)
from tinhso.systems.services.releases.tests.people import citizen

TODAY = date(2026, 11, 22)
CODES = release_codes()
RELEASES = {code: load_release(code) for code in CODES}
SAMPLES = [sample for code in CODES for sample in load_samples(code, TODAY, citizen)]
each_release = pytest.mark.parametrize("release", RELEASES.values(), ids=CODES)
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.procedure}-{sample.key}")


def amount_due(sample: Sample, day: date = TODAY, channel: Channel | None = None, **changed: Any) -> int | None:
    release, answers = RELEASES[sample.procedure], {**sample.answers, **changed}
    case = release.case_for(answers)
    rates = {
        row.key: Rate(row.amount, Basis(row.basis, Mark(row.mark), row.valid_from, row.valid_to))
        for row in fee_rows()
        if row.valid_from <= day and (row.valid_to is None or day < row.valid_to)
    }
    situation = Situation(
        day, channel or Channel(sample.channel), items_of(release, case, answers), traits_of(release, case, answers)
    )
    return assess(fees_of(release, case, answers), situation, rates=rates).total


def sample_of(code: str, key: str) -> Sample:
    return next(sample for sample in SAMPLES if (sample.procedure, sample.key) == (code, key))


TWELVE = """1.001193 1.001612 1.004222 1.004873 1.011607 1.012784
    1.013225 1.013831 2.000815 2.000986 2.001827 3.000333"""


def test_the_twelve_procedures_ship() -> None:
    assert " ".join(CODES) == " ".join(TWELVE.split())
    assert all(release.code == code for code, release in RELEASES.items())


def test_a_procedure_that_does_not_ship_is_not_found() -> None:
    with pytest.raises(NotFound):
        load_release("9.999999")


@each_release
def test_a_release_survives_its_document(release: Release) -> None:
    again = parse_release(release_document(release))
    assert again == release
    assert content_hash(again) == content_hash(release)


@each_release
def test_every_paper_that_we_print_has_its_template(release: Release) -> None:
    for result in release.results:
        assert not result.template or result_template(result.template).is_file()


@each_release
def test_every_council_fee_has_a_row_on_every_day_since(release: Release) -> None:
    for fee in release.fees:
        rows = sorted((r for r in fee_rows() if r.key == fee.table), key=lambda r: r.valid_from)
        if fee.table:
            assert rows[0].valid_from <= release.valid_from
            assert rows[-1].valid_to is None
            assert all(a.valid_to == b.valid_from for a, b in pairwise(rows))


@each_release
def test_every_case_has_a_sample(release: Release) -> None:
    tried = {sample.case for sample in SAMPLES if sample.procedure == release.code}
    assert tried == {case.key for case in release.cases}


@each_sample
def test_a_sample_completes_its_form(sample: Sample) -> None:
    release = RELEASES[sample.procedure]
    filled = check_answers(release.form, sample.answers, Facts(TODAY))
    assert [say_fault(fault, release.form) for fault in filled.faults] == []
    assert filled.answers == sample.answers
    assert Channel(sample.channel) in release.channels
    assert release.case_for(filled.answers).key == sample.case


@each_sample
def test_a_sample_walks_page_by_page_to_the_end(sample: Sample) -> None:
    form = RELEASES[sample.procedure].form
    page, walked = form.pages[0], [form.pages[0]]
    while (following := next_page(form, page, sample.answers)) is not None:
        page = following
        walked.append(page)
    assert tuple(walked) == shown_pages(form, sample.answers)


@each_sample
def test_a_sample_reads_back_in_words(sample: Sample) -> None:
    form = RELEASES[sample.procedure].form
    rows = summary(form, sample.answers, {})
    assert all(row.value or not form.question(row.key).required for row in rows)


@each_sample
def test_an_empty_form_names_every_required_question(sample: Sample) -> None:
    form = RELEASES[sample.procedure].form
    first = form.pages[0]
    named = {fault.question for fault in fill_form(form, {}, Facts(TODAY)).faults}
    assert {question.key for question in first.questions if question.required} <= named


@each_sample
def test_a_sample_can_be_posted_as_a_browser_would(sample: Sample) -> None:
    form = RELEASES[sample.procedure].form
    posted: dict[str, list[str]] = {}
    for question in form.questions():
        posted |= posted_from(question, sample.answers.get(question.key))
    assert fill_form(form, posted, Facts(TODAY)).answers == sample.answers


def test_they_really_differ() -> None:
    units = {case.limit.unit for release in RELEASES.values() for case in release.cases}
    assert {"within_day", "days", "working_days"} <= units
    assert {release.online for release in RELEASES.values()} == set(OnlineLevel)
    assert {fee.rule for release in RELEASES.values() for fee in release.fees} == {"free", "fixed", "tiers", "council"}
    assert {release.part("deciding").agency for release in RELEASES.values()} >= {
        "commune_committee",
        "commune_police",
        "province_police",
        "land_branch",
        "department",
    }


@pytest.mark.parametrize("code", ["2.000815", "2.000986"])
def test_two_are_filed_in_person_only(code: str) -> None:
    assert RELEASES[code].channels == (Channel.IN_PERSON,)


@pytest.mark.parametrize("code", ["1.004222", "3.000333"])
def test_two_are_decided_in_the_police_own_system(code: str) -> None:
    assert [step.kind for step in RELEASES[code].steps] == [StepKind.RECEIVE, StepKind.EXTERNAL, StepKind.RETURN]


def test_the_newborn_gets_three_results_from_three_agencies() -> None:
    release = RELEASES["2.000986"]
    assert {step.agency for step in release.steps if step.results} == {"deciding", "police", "insurance"}
    assert len(release.results) == 3


def test_residence_costs_half_online_and_nothing_for_the_elderly() -> None:
    moving = sample_of("1.004222", "ve-nha-chong")
    assert amount_due(moving, channel=Channel.IN_PERSON) == 20_000
    assert amount_due(moving, channel=Channel.ONLINE) == 10_000
    assert amount_due(sample_of("1.004222", "nha-minh")) == 0


def test_copies_cost_by_tiers_with_a_cap_a_copy() -> None:
    assert amount_due(sample_of("2.000815", "bang-tot-nghiep")) == 3 * 2_000
    # 320 pages reach the cap; 4 pages are 2 x 2 000 + 2 x 1 000, twice; 1 page five times.
    assert amount_due(sample_of("2.000815", "ba-giay-to")) == 200_000 + 2 * 6_000 + 5 * 2_000


def test_a_birth_is_free_and_its_extracts_are_not() -> None:
    birth = sample_of("1.001193", "co-cha-me")
    assert amount_due(birth) == 3 * 8_000
    assert amount_due(sample_of("1.001193", "bi-bo-roi")) == 0


def test_students_pay_half_for_a_criminal_record_certificate() -> None:
    assert amount_due(sample_of("3.000333", "du-hoc")) == 100_000


def test_a_council_fee_is_that_of_its_day() -> None:
    shop = sample_of("1.001612", "com-suon")
    assert amount_due(shop, day=date(2026, 6, 30)) == 100_000
    assert amount_due(shop, day=date(2026, 7, 1)) == 150_000


def test_a_house_takes_fifteen_days_and_a_workshop_twenty_with_consultation() -> None:
    release = RELEASES["1.013225"]
    house, other = release.case("nha-o"), release.case("cong-trinh")
    assert (house.limit.amount, other.limit.amount) == (15, 20)
    assert "lay-y-kien" not in {step.key for step in release.steps_for(house)}
    assert "lay-y-kien" in {step.key for step in release.steps_for(other)}


def test_a_mother_of_eight_and_a_number_of_another_year_are_told_plainly() -> None:
    birth, form = sample_of("1.001193", "co-cha-me"), RELEASES["1.001193"].form
    wrong = {**birth.answers, "me.ngay_sinh": "2018"}
    told = [say_fault(fault, form) for fault in check_answers(form, wrong, Facts(TODAY)).faults]
    assert any("ít nhất 10 năm" in sentence for sentence in told)
    assert any("sinh năm 1996" in sentence and "mà “Ngày sinh của mẹ” ghi năm 2018" in sentence for sentence in told)


def test_a_child_of_six_is_too_old_for_the_joined_procedure() -> None:
    baby, form = sample_of("2.000986", "em-be-viet-tri"), RELEASES["2.000986"].form
    grown = {**baby.answers, "nks.ngay_sinh": "2020-11-22"}
    assert [fault.code for fault in check_answers(form, grown, Facts(TODAY)).faults] == ["age_under", "long_ago_unless"]


def birth_faults(**changed: Any) -> list[tuple[str, str]]:
    """Questions and codes of what is wrong with the sample birth, changed by question with `__` for dots."""
    birth, form = sample_of("1.001193", "co-cha-me"), RELEASES["1.001193"].form
    answers = {**birth.answers, **{key.replace("__", "."): value for key, value in changed.items()}}
    return [(fault.question, fault.code) for fault in check_answers(form, answers, Facts(TODAY)).faults]


def test_a_birth_sixty_days_ago_is_taken_and_later_only_with_a_word() -> None:
    assert birth_faults(nks__ngay_sinh=(TODAY - timedelta(days=60)).isoformat()) == []
    late = (TODAY - timedelta(days=61)).isoformat()
    assert birth_faults(nks__ngay_sinh=late) == [("nks.ngay_sinh", "long_ago_unless")]
    assert birth_faults(nks__ngay_sinh=late, nks__qua_han=True) == []


def test_a_marriage_after_the_birth_is_confirmed_and_one_of_children_is_a_slip() -> None:
    after = (TODAY - timedelta(days=1)).isoformat()
    assert birth_faults(kh__ngay=after) == [("kh.ngay", "not_before_unless")]
    assert birth_faults(kh__ngay=after, kh__sau_sinh=True) == []
    assert ("kh.ngay", "older_by") in birth_faults(kh__ngay="2006-05-01")


def test_a_foreign_father_gives_his_passport_instead_of_a_number() -> None:
    nobody = {"cha__so_dinh_danh": None, "cha__quoc_tich": "Hàn Quốc", "cha__dan_toc": "00"}
    assert birth_faults(**nobody) == [("cha.so_dinh_danh", "one_given")]
    home = {"commune": "Quận Gangnam, Hàn Quốc", "detail": ""}
    assert birth_faults(**nobody, cha__ho_chieu="M12345678", cha__noi_cu_tru=home) == []


def test_who_files_as_the_father_is_the_father() -> None:
    birth = sample_of("1.001193", "co-cha-me").answers
    him = {f"nyc__{part}": birth[f"cha.{part}"] for part in ("ho_ten", "ngay_sinh", "so_dinh_danh", "noi_cu_tru")}
    father = {**him, "nyc__gioi_tinh": "nam", "nyc__quan_he": "cha"}
    assert birth_faults(**father) == []
    other = birth_faults(**{**father, "nyc__ho_ten": "Lê Văn Khác"})
    assert other == [("cha.ho_ten", "same")]
    assert ("nks.loai", "not_when") in birth_faults(**father, nks__loai="chua_cha")


def test_a_man_is_no_mother_and_the_mother_who_files_is_known() -> None:
    assert ("nyc.quan_he", "not_when") in birth_faults(nyc__gioi_tinh="nam")
    assert ("nks.loai", "not_when") in birth_faults(nks__loai="bi_bo_roi")


def test_a_parent_who_does_not_file_is_not_the_one_who_does() -> None:
    assert ("me.so_dinh_danh", "different") in birth_faults(nyc__quan_he="ong_ba")


def test_a_child_has_the_ethnicity_and_nationality_of_a_parent() -> None:
    assert birth_faults(cha__dan_toc="06", nks__dan_toc="06") == []
    assert birth_faults(cha__dan_toc="06", nks__dan_toc="02") == [("nks.dan_toc", "one_among")]
    assert birth_faults(nks__quoc_tich="Lào") == [("nks.quoc_tich", "one_among")]
    assert birth_faults(nks__quoc_tich="viet nam", cha__quoc_tich="Lào") == []
    assert birth_faults(me__dan_toc="00", cha__dan_toc="00", nks__dan_toc="37") == []
    assert birth_faults(cha__quoc_tich="Không quốc tịch", me__quoc_tich="Không quốc tịch") == []


def test_an_unmarried_father_is_written_down_when_he_recognises_the_child() -> None:
    release = RELEASES["1.001193"]
    unmarried = {"kh__da_dang_ky": False, "kh__so": None, "kh__ngay": None, "kh__noi_dang_ky": None}
    assert birth_faults(**unmarried) == [("kh.da_dang_ky", "not_when_unless")]
    assert birth_faults(**unmarried, kh__nhan_con=True) == []
    answers = {**sample_of("1.001193", "co-cha-me").answers, "kh.da_dang_ky": False, "kh.nhan_con": True}
    rows = {row.key: row.value for row in summary(release.form, answers, {})}
    assert rows["kh.nhan_con"] == "Người khai đã xác nhận"
    wanted = {paper.key for paper in release.papers_for(release.case_for(answers), answers)}
    assert "nhan-con" in wanted


def marriage_faults(**changed: Any) -> list[tuple[str, str]]:
    sample, form = sample_of("1.004873", "ket-hon"), RELEASES["1.004873"].form
    answers = {**sample.answers, **{key.replace("__", "."): value for key, value in changed.items()}}
    return [(fault.question, fault.code) for fault in check_answers(form, answers, Facts(TODAY)).faults]


@pytest.mark.parametrize(
    "born, meant, faults",
    [
        ("2014-11-22", None, [("nkh.ngay_sinh", "not_of_age")]),
        ("2008-11-22", None, []),
        ("2008-11-23", None, [("nkh.ngay_sinh", "not_of_age")]),
        ("2009-02-01", "2027-02-01", []),
        ("2009-02-02", "2027-02-01", [("nkh.ngay_sinh", "not_of_age")]),
        ("2014-11-22", "2032-11-22", [("nkh.ngay_dinh", "too_far_ahead")]),
    ],
)
def test_a_bride_is_eighteen_on_the_day_that_is_meant(born: str, meant: str | None, faults: Any) -> None:
    assert marriage_faults(nkh__ngay_sinh=born, nkh__ngay_dinh=meant) == faults


def test_a_groom_is_twenty_whoever_asks_for_the_paper() -> None:
    woman = {"nyc__gioi_tinh": "nu", "nyc__so_dinh_danh": "025195000001", "nyc__ngay_sinh": "1995-03-01"}
    assert marriage_faults(**woman, nkh__ngay_sinh="2007-11-22") == [("nkh.ngay_sinh", "not_of_age")]
    assert marriage_faults(**woman, nkh__ngay_sinh="2006-11-22") == []
    boy = {"nyc__so_dinh_danh": "025207000001", "nyc__ngay_sinh": "2007-11-23"}
    assert marriage_faults(**boy) == [("nkh.ngay_dinh", "not_of_age")]


def test_nobody_marries_themselves_or_while_married() -> None:
    sample = sample_of("1.004873", "ket-hon").answers
    assert marriage_faults(nkh__ho_ten=sample["nyc.ho_ten"]) == []
    himself = {"nkh__ho_ten": sample["nyc.ho_ten"].upper(), "nkh__ngay_sinh": sample["nyc.ngay_sinh"]}
    assert marriage_faults(**himself) == [("nkh.ho_ten", "different")]
    numbered = marriage_faults(nkh__so_dinh_danh=sample["nyc.so_dinh_danh"], nkh__ngay_sinh=sample["nyc.ngay_sinh"])
    assert numbered == [("nkh.so_dinh_danh", "different")]
    assert marriage_faults(nxn__tinh_trang="dang_ket_hon") == [("nxn.muc_dich", "not_when")]


def test_a_mother_is_not_asked_again_what_she_said_of_herself() -> None:
    birth, form = sample_of("1.001193", "co-cha-me"), RELEASES["1.001193"].form
    said = {key: value for key, value in birth.answers.items() if key.startswith("nyc.")}
    offered = prefill(form, {}, Facts(TODAY), said)
    for part in ("ho_ten", "ngay_sinh", "so_dinh_danh", "noi_cu_tru"):
        assert offered[f"me.{part}"] == said[f"nyc.{part}"]
    assert "cha.ho_ten" not in offered
    assert offered["nks.quoc_tich"] == offered["cha.quoc_tich"] == "Việt Nam"
    assert offered["noi_dang_ky"] == said["nyc.noi_cu_tru"]["commune"]


def test_two_procedures_keep_to_themselves_that_a_dossier_exists_and_say_why() -> None:
    discreet = {code: release for code, release in RELEASES.items() if release.discretion}
    assert discreet.keys() == {"3.000333", "1.011607"}
    for release in discreet.values():
        assert release.discretion
        assert "91/2025/QH15" in release.legal_text(release.discretion.basis)
        assert release.discretion.reason


def test_discretion_without_a_legal_basis_is_refused() -> None:
    document = release_document(RELEASES["3.000333"])
    document["discretion"]["basis"] = "khong-co"
    with pytest.raises(Invalid) as refusal:
        parse_release(document)
    assert list(refusal.value.fields) == ["discretion.basis"]
