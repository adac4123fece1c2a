from decimal import Decimal

import pytest

from tinhso.systems.procedures.rules.channels import Channel
from tinhso.systems.procedures.rules.limits import Limit, Unit, limits_named
from tinhso.systems.procedures.rules.parse import ParsedProcedure, parse_record
from tinhso.systems.procedures.rules.review import Reason

from .sample import CHANNELS_HEADER, record


def parsed(rows: str, **changes: str) -> ParsedProcedure:
    return parse_record(record(cach_thuc_thuc_hien=CHANNELS_HEADER + rows, **changes))


def reasons(procedure: ParsedProcedure, field: str) -> list[Reason]:
    return [review.reason for review in procedure.reviews if review.field == field]


def working_days(amount: int) -> Limit:
    return Limit(Decimal(amount), Unit.WORKING_DAYS)


def test_glued_cells_of_three_channels_come_apart() -> None:
    procedure = parsed(
        "Trực tuyến5 Ngày làm việc20,000 VNĐ(20.000 đồng/thẻ)Nộp qua cổng.Dịch vụ bưu chính5 Ngày làm việc"
        "20,000 VNĐ(20.000 đồng/thẻ)Trực tiếp5 Ngày làm việc20,000 VNĐ(20.000 đồng/thẻ)Tại quầy."
    )
    assert [row.channel for row in procedure.channels] == [Channel.ONLINE, Channel.POST, Channel.IN_PERSON]
    assert {row.limit for row in procedure.channels} == {working_days(5)}
    assert {(row.fees[0].amount, row.fees[0].unit) for row in procedure.channels} == {(20_000, "thẻ")}
    assert [row.description for row in procedure.channels] == ["Nộp qua cổng.", "", "Tại quầy."]
    assert procedure.reviews == ()


def test_a_cell_without_information_is_not_read_as_free() -> None:
    procedure = parsed("Trực tiếp7 NgàyKhông có thông tinNộp tại quầy")
    assert procedure.channels[0].limit == Limit(Decimal(7), Unit.DAYS)
    assert procedure.channels[0].fees[0].amount is None
    assert procedure.channels[0].description == "Nộp tại quầy"
    assert reasons(procedure, "channels.fee") == [Reason.FEE_MISSING]


@pytest.mark.parametrize(
    "cell,unit,amount",
    [
        ("8 Giờ", Unit.HOURS, "8"),
        ("2 Tuần", Unit.WEEKS, "2"),
        ("6 Tháng", Unit.MONTHS, "6"),
        ("1 Năm", Unit.YEARS, "1"),
        ("0,5 Ngày làm việc", Unit.WORKING_DAYS, "0.5"),
    ],
)
def test_every_unit_is_read(cell: str, unit: Unit, amount: str) -> None:
    assert parsed(f"Trực tuyến{cell}Miễn phí").channels[0].limit == Limit(Decimal(amount), unit)


def test_a_number_without_unit_gives_no_limit() -> None:
    procedure = parsed("Trực tiếp1Miễn phí")
    assert procedure.channels[0].limit is None
    assert procedure.channels[0].limit_text == "1"
    assert reasons(procedure, "channels.limit") == [Reason.LIMIT_WITHOUT_UNIT]


def test_a_limit_in_words_is_left_to_a_person() -> None:
    procedure = parsed("Trực tuyếnKhông phải trả kết quảMiễn phíQua cổngTrực tiếpKhông quy địnhMiễn phí")
    assert [row.limit_text for row in procedure.channels] == ["Không phải trả kết quả", "Không quy định"]
    assert reasons(procedure, "channels.limit") == [Reason.LIMIT_IN_WORDS] * 2


def test_a_channel_named_in_a_description_begins_no_row() -> None:
    procedure = parsed(
        "Trực tiếp3 NgàyMiễn phíNộp Trực tuyến hoặc qua Dịch vụ bưu chính đều đượcTrực tuyến3 NgàyMiễn phí"
    )
    assert [row.channel for row in procedure.channels] == [Channel.IN_PERSON, Channel.ONLINE]


def test_days_in_the_cell_and_working_days_in_the_text_are_disputed() -> None:
    procedure = parsed("Trực tiếp15 NgàyMiễn phí15 ngày làm việc kể từ ngày nhận đủ hồ sơ")
    assert procedure.channels[0].limit is None
    assert reasons(procedure, "channels.limit") == [Reason.LIMIT_UNIT_DISPUTED]


def test_the_steps_may_dispute_the_unit() -> None:
    procedure = parsed("Trực tiếp9 NgàyMiễn phí", trinh_tu_thuc_hien="Trong 09 (chín) ngày làm việc, Sở cấp thẻ.")
    assert procedure.channels[0].limit is None


def test_a_limit_the_text_never_names_is_withheld() -> None:
    assert parsed("Trực tiếp10 NgàyMiễn phí20 ngày đối với thẻ quý").channels[0].limit is None


def test_stages_that_add_up_confirm_a_limit_but_cases_do_not() -> None:
    stages = "Thẩm định: 05 ngày làm việc; ký: 05 ngày làm việc."
    cases = "05 ngày làm việc đối với thẻ thường, 05 ngày làm việc đối với thẻ quý."
    assert parsed(f"Trực tiếp10 Ngày làm việcMiễn phí{stages}").channels[0].limit == working_days(10)
    assert parsed(f"Trực tiếp10 Ngày làm việcMiễn phí{cases}").channels[0].limit is None


def test_other_limits_in_the_text_keep_the_value_and_ask_for_a_look() -> None:
    procedure = parsed("Trực tiếp16 Ngày làm việcMiễn phí16 ngày làm việc; trong đó thẩm định 12 ngày làm việc.")
    assert procedure.channels[0].limit == working_days(16)
    assert reasons(procedure, "channels.limit") == [Reason.LIMIT_ONE_OF_SEVERAL]
    assert not procedure.reviews[0].withheld


def test_a_limit_that_holds_for_one_of_several_cases_is_withheld() -> None:
    procedure = parsed("Trực tiếp22 NgàyMiễn phí22 ngày đối với thẻ hết hạn, 10 ngày đối với thẻ bị mất")
    assert procedure.channels[0].limit is None
    assert reasons(procedure, "channels.limit") == [Reason.LIMIT_BY_CASE]


def test_limits_that_differ_by_channel_may_be_cases_and_are_withheld() -> None:
    procedure = parsed("Trực tuyến20 NgàyMiễn phíTrực tiếp15 NgàyMiễn phí")
    assert [row.limit for row in procedure.channels] == [None, None]
    assert reasons(procedure, "channels.limit") == [Reason.LIMIT_DIFFERS_BY_CHANNEL] * 2


def test_rows_of_one_channel_are_kept_apart_as_cases() -> None:
    procedure = parsed("Trực tiếp3 NgàyMiễn phíTrực tiếp5 NgàyMiễn phíTrực tuyến3 NgàyMiễn phí")
    assert [row.limit.amount for row in procedure.channels if row.limit] == [3, 5, 3]
    assert list(procedure.single_rows) == [Channel.ONLINE]
    assert reasons(procedure, "channels") == [Reason.SEVERAL_ROWS] * 2


def test_an_unknown_table_is_a_review() -> None:
    procedure = parse_record(record(cach_thuc_thuc_hien="Gửi thư, chờ 3 ngày"))
    assert procedure.channels == ()
    assert reasons(procedure, "channels") == [Reason.UNKNOWN_SHAPE]


def test_a_row_of_unknown_shape_takes_its_neighbour_s_values_along() -> None:
    procedure = parsed("Trực tiếp3 NgàyMiễn phíTrực tuyến30 PhútMiễn phí")
    assert procedure.channels[0].limit is None
    assert procedure.channels[0].fees[0].amount is None
    assert reasons(procedure, "channels") == [Reason.SPLIT_UNSURE]


def test_dates_and_clock_times_are_no_limits() -> None:
    assert limits_named("Từ ngày 18 tháng 7 năm 2025, sau 15 giờ, lúc 8 giờ 30") == ()
    assert limits_named("không quá 07 (bảy) ngày  làm việc") == (working_days(7),)


def test_a_longer_limit_beside_within_the_day_is_only_how_far_the_day_may_stretch() -> None:
    said = "Giải quyết trong ngày làm việc nhận hồ sơ; có lý do chính đáng thì không quá 3 ngày làm việc."
    procedure = parsed(f"Trực tiếp3 Ngày làm việcMiễn phí(Không){said}")
    assert procedure.channels[0].limit is None
    assert reasons(procedure, "channels.limit") == [Reason.LIMIT_WITHIN_DAY]
    one = parsed("Trực tiếp1 Ngày làm việcMiễn phí(Không)Trả ngay trong ngày làm việc.")
    assert one.channels[0].limit == working_days(1)


def test_a_longer_limit_beside_the_cell_withholds_it() -> None:
    said = "Xác minh trong 30 ngày; sau khi xác minh thì cấp trong 2 ngày làm việc."
    procedure = parsed(f"Trực tiếp2 Ngày làm việcMiễn phí(Không){said}")
    assert procedure.channels[0].limit is None
    assert reasons(procedure, "channels.limit") == [Reason.LIMIT_LONGER_NAMED]
    shorter = parsed("Trực tiếp30 NgàyMiễn phí(Không)Trong 30 ngày, gồm 10 ngày làm việc thẩm định.")
    assert shorter.channels[0].limit == Limit(Decimal(30), Unit.DAYS)
