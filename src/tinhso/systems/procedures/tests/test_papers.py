from tinhso.systems.procedures.rules.files import split_files
from tinhso.systems.procedures.rules.papers import Duty, Paper, read_papers
from tinhso.systems.procedures.rules.review import Reason

from .sample import PAPERS_HEADER


def papers_of(text: str) -> tuple[list[Paper], list[Reason]]:
    groups, reviews = read_papers(text)
    return [paper for group in groups for paper in group.papers], [review.reason for review in reviews]


def counts_of(rows: str) -> list[tuple[str, int | None, int | None]]:
    papers, _ = papers_of(f"--{PAPERS_HEADER}{rows}")
    return [(paper.name, paper.originals, paper.copies) for paper in papers]


def test_a_count_closes_a_paper() -> None:
    rows = "Đơn xin thẻ1 bản chínhẢnh chân dung2 bản chính,1 bản sao- Bản sao căn cước0 bản chính,1 bản sao"
    assert counts_of(rows) == [("Đơn xin thẻ", 1, 0), ("Ảnh chân dung", 2, 1), ("- Bản sao căn cước", 0, 1)]


def test_cases_take_their_titles_from_between_the_tables() -> None:
    groups, reviews = read_papers(
        f"Giấy tờ phải nộp:{PAPERS_HEADER}Đơn1 bản chínhGiấy tờ phải xuất trình{PAPERS_HEADER}Thẻ cũ1 bản chính--"
        f"{PAPERS_HEADER}Ảnh1 bản chính--"
    )
    assert [(group.title, group.duty, len(group.papers)) for group in groups] == [
        ("Giấy tờ phải nộp:", Duty.SUBMIT, 1),
        ("Giấy tờ phải xuất trình", Duty.PRESENT, 1),
        ("", None, 1),
    ]
    assert reviews == ()


def test_a_title_that_says_both_duties_says_neither() -> None:
    groups, _ = read_papers(f"Xuất trình hoặc gửi bản sao{PAPERS_HEADER}Thẻ cũ1 bản chính")
    assert groups[0].duty is None


def test_counts_inside_a_name_stay_in_the_name() -> None:
    assert counts_of("Đơn (nộp 01 bản chính và 01 bản sao kèm theo)1 bản chính,1 bản sao") == [
        ("Đơn (nộp 01 bản chính và 01 bản sao kèm theo)", 1, 1)
    ]
    assert counts_of("Đơn: 01 bản chính1 bản chính") == [("Đơn: 01 bản chính", 1, 0)]


def test_a_number_that_ends_the_name_is_not_the_count() -> None:
    assert counts_of("Đơn theo Mẫu số 181 bản chính,1 bản sao") == [("Đơn theo Mẫu số 18", 1, 1)]
    assert counts_of("Đơn ngày 01/7/20261 bản chính") == [("Đơn ngày 01/7/2026", 1, 0)]
    assert counts_of("Đơn xin12 bản chính") == [("Đơn xin", 12, 0)]


def test_a_count_that_cannot_be_told_is_withheld() -> None:
    papers, found = papers_of(f"--{PAPERS_HEADER}Quyết định QĐ6131 bản chính")
    assert (papers[0].originals, papers[0].copies) == (None, None)
    assert found == [Reason.COUNT_UNSURE]


def test_a_count_against_the_name_is_withheld() -> None:
    for row in (
        "Bản sao căn cước1 bản chính",
        "(vi) Bản sao thẻ1 bản chính",
        "Phiếu: 02 bản chính1 bản chính",
        "02 bộ bản vẽ1 bản chính",
    ):
        papers, found = papers_of(f"--{PAPERS_HEADER}{row}")
        assert (papers[0].originals, found) == (None, [Reason.COUNT_DISPUTED])


def test_nought_of_both_is_a_note_for_a_person() -> None:
    assert papers_of(f"--{PAPERS_HEADER}Lưu ý khi nộp0 bản chính")[1] == [Reason.COUNT_ZERO]


def test_form_files_come_off_the_name() -> None:
    assert split_files("Đơn theo mẫu;Mẫu số 01 (2).docx") == ("Đơn theo mẫu;", ("Mẫu số 01 (2).docx",), True)
    assert split_files("Đơn xin thẻMau_01.docMau_02.docx") == ("Đơn xin thẻ", ("Mau_01.doc", "Mau_02.docx"), True)
    assert split_files("Đơn theo Nghị định số 1/2024/NĐ-CPMẫu 1.docx") == (
        "Đơn theo Nghị định số 1/2024/NĐ-CP",
        ("Mẫu 1.docx",),
        True,
    )


def test_a_file_that_no_glue_parts_stays_in_the_name_for_review() -> None:
    assert split_files("Đơn theo mẫuđơn xin thẻ.docx") == ("Đơn theo mẫuđơn xin thẻ.docx", (), False)
    assert split_files("Bản ghi trên đĩa có tệp .doc và ảnh") == ("Bản ghi trên đĩa có tệp .doc và ảnh", (), True)


def test_two_papers_without_a_count_between_ask_for_a_look() -> None:
    assert papers_of(f"--{PAPERS_HEADER}Đơn xin thẻGiấy hẹn1 bản chính")[1] == [Reason.PAPERS_MAYBE_MERGED]


def test_a_field_that_another_ran_into_is_not_read() -> None:
    assert papers_of("); nộp cho cơ quan nơi cư trú.\nBước 2.") == ([], [Reason.FIELD_BLED])


def test_words_that_let_one_choose_make_the_two_counts_alternatives() -> None:
    both = "1 bản chính,1 bản sao"
    papers, _ = papers_of(
        f"--{PAPERS_HEADER}Bản gốc hoặc bản điện tử hoặc bản sao Đơn{both}Bản sao hoặc bản chính Thẻ{both}"
        f"Bản sao kèm bản chính để đối chiếu hoặc bản sao chứng thực Sổ{both}Đơn{both}"
    )
    assert [paper.either for paper in papers] == [True, True, False, False]


def test_a_case_title_may_let_one_choose() -> None:
    title = "Xuất trình bản chính hoặc bản sao có chứng thực"
    papers, _ = papers_of(f"{title}{PAPERS_HEADER}Thẻ1 bản chính,1 bản saoĐơn1 bản chính")
    assert [paper.either for paper in papers] == [True, False]


def test_a_line_that_counts_sets_is_a_note() -> None:
    _, reasons = papers_of(f"--{PAPERS_HEADER}Đơn xin thẻ1 bản chính+ Số lượng hồ sơ: 01 (bộ)1 bản chính")
    assert reasons == [Reason.PAPER_IS_HEADING]


def test_a_list_in_one_row_asks_for_a_look() -> None:
    _, reasons = papers_of(f"--{PAPERS_HEADER}- Đơn theo Mẫu số 01. - Biên bản họp nhóm1 bản chính")
    assert reasons == [Reason.PAPERS_MAYBE_MERGED]
