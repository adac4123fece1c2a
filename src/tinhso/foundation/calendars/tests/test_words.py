"""What people read."""

import pytest

from tinhso.foundation.calendars.law import default_calendar
from tinhso.foundation.calendars.rules.due import due
from tinhso.foundation.calendars.rules.limit import parse_limit
from tinhso.foundation.calendars.rules.log import Act, Entry, Mode, paused, started
from tinhso.foundation.calendars.rules.remaining import remaining
from tinhso.foundation.calendars.tests.at import at
from tinhso.foundation.calendars.tests.examples import DEFAULT
from tinhso.foundation.calendars.words import limit, relative, sentence

OFFICE = default_calendar()
START = started(at("2026-11-20T14:05"))
GROUND = "Điều 19 Nghị định 118/2025/NĐ-CP"


def said(log: tuple[Entry, ...], text: str, language: str = "vi") -> str:
    return sentence(due(log, parse_limit(text), OFFICE), language)


def test_the_sentence_names_rule_article_and_days_skipped() -> None:
    assert said(START, "3 ngày làm việc") == (
        "Hạn trả: 17 giờ 00 ngày 26/11/2026. Nhận lúc 14 giờ 05 ngày 20/11/2026, thời hạn 3 ngày làm việc, ngày đầu "
        "20/11 không tính (Điều 147 Bộ luật Dân sự 2015), bỏ qua thứ Bảy 21/11, Chủ nhật 22/11 và thứ Ba 24/11 (Ngày "
        "Văn hóa Việt Nam)."
    )


def test_the_sentence_is_there_in_english() -> None:
    assert said(START, "3 ngày làm việc", "en") == (
        "Due: 17:00 on 26/11/2026. Received at 14:05 on 20/11/2026, time limit 3 working days, the first day 20/11 not "
        "counted (Civil Code 2015 art. 147), skipping Saturday 21/11, Sunday 22/11 and Tuesday 24/11 (Vietnamese "
        "Culture Day)."
    )


def test_a_moved_last_day_is_told() -> None:
    assert said(started(at("2026-11-16T10:00")), "5 ngày").endswith(
        "Ngày cuối theo lịch là thứ Bảy 21/11, qua ngày nghỉ (thứ Bảy 21/11 và Chủ nhật 22/11) thành thứ Hai 23/11 "
        "(Điều 148 Bộ luật Dân sự 2015)."
    )


def test_a_cut_off_is_told() -> None:
    text = said(started(at("2026-11-19T16:00")), "trong ngày")
    assert "nhận sau 15 giờ 00 nên trả vào ngày làm việc tiếp theo" in text


def test_hours_are_told_day_by_day() -> None:
    assert said(started(at("2026-11-13T15:00")), "8 giờ").endswith("tính 2 giờ ngày 13/11 và 6 giờ ngày 16/11.")


def test_many_days_off_are_told_in_few_words() -> None:
    text = said(started(at("2026-02-06T09:05")), "20 ngày làm việc")
    assert text.endswith("bỏ qua 10 ngày nghỉ hằng tuần và 5 ngày 16/02-20/02 (Tết Âm lịch).")


def test_what_happened_to_the_clock_is_told_with_its_ground() -> None:
    pause = paused(START, at("2026-11-23T10:00"), at("2026-11-26T10:00"), GROUND, Mode.SHIFT)
    extension = Entry(Act.EXTEND, at("2026-11-27T10:00"), "Giám đốc Sở đồng ý", parse_limit("2 ngày làm việc"))
    text = said((*pause, extension), "3 ngày làm việc")
    assert f"đến trước 10 giờ 00 ngày 26/11/2026 ({GROUND}), hạn lùi 2 ngày làm việc." in text
    assert "Gia hạn thêm 2 ngày làm việc (Giám đốc Sở đồng ý)." in text


def test_a_restart_is_told() -> None:
    log = paused(START, at("2026-11-23T10:00"), at("2026-11-26T10:00"), GROUND, Mode.RESTART)
    assert f"Tính lại từ đầu lúc 10 giờ 00 ngày 26/11/2026 ({GROUND}), thời hạn 3" in said(log, "3 ngày làm việc")


def test_a_standing_clock_is_told() -> None:
    text = said((*START, Entry(Act.PAUSE, at("2026-11-23T10:00"), GROUND)), "3 ngày làm việc")
    assert text.startswith("Chưa có hạn trả vì đồng hồ đang tạm dừng.")


def test_a_year_not_decided_is_told() -> None:
    assert "chưa có quyết định" in said(started(at("2026-12-29T10:00")), "30 ngày")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_example_has_whole_sentences(language: str) -> None:
    for received, text, _, _ in DEFAULT:
        spoken = said(started(at(received)), text, language)
        assert spoken.endswith(".")
        assert ".." not in spoken
        assert "None" not in spoken


def test_limits_are_said_as_they_are_read() -> None:
    for text in ("3 ngày làm việc", "8 giờ làm việc", "20 ngày", "2 tuần", "1 tháng", "trong ngày"):
        assert limit(parse_limit(text)) == text
    assert limit(parse_limit("1 ngày làm việc"), "en") == "1 working day"


@pytest.mark.parametrize(
    ("now", "vi", "en"),
    [
        ("2026-11-23T09:00", "Còn 2 ngày làm việc (26/11)", "2 working days left (26/11)"),
        ("2026-11-25T18:00", "Còn 1 ngày làm việc (26/11)", "1 working day left (26/11)"),
        ("2026-11-26T08:00", "Đến hạn hôm nay", "Due today"),
        ("2026-11-28T08:00", "Quá hạn 2 ngày", "2 days late"),
    ],
)
def test_how_far_away_it_is(now: str, vi: str, en: str) -> None:
    left = remaining(at("2026-11-26T17:00"), at(now), OFFICE)
    assert (relative(left), relative(left, "en")) == (vi, en)


def test_a_limit_without_a_date_is_said_without_one() -> None:
    assert due(START, parse_limit("không hẹn ngày"), OFFICE).at is None
    assert said(START, "không hẹn ngày") == (
        "Nhận lúc 14 giờ 05 ngày 20/11/2026. Thủ tục này không hẹn ngày trả; có kết quả thì báo ngay."
    )
    assert "promises no date" in said(START, "không hẹn ngày", "en")
