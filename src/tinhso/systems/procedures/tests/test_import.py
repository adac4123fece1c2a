import argparse
import json
from pathlib import Path

import pytest

from tinhso.core.errors import Forbidden, Invalid
from tinhso.foundation.events.models import Event
from tinhso.systems.procedures.actions.import_catalogue import import_catalogue
from tinhso.systems.procedures.actions.settle import settle
from tinhso.systems.procedures.management import import_catalogue as command
from tinhso.systems.procedures.models import CatalogueRecord, CatalogueRevision, ReviewItem, Settlement
from tinhso.systems.procedures.rules import parse

from .sample import CHANNELS_HEADER, record
from .world import MACHINE, NO_UNIT, catalogue, context_of, items, take_in, the, write

pytestmark = pytest.mark.django_db
WORKING_DAYS = {"amount": "15", "unit": "working_days"}


def test_a_file_becomes_records_with_what_needs_a_look(tmp_path: Path) -> None:
    imported = take_in(tmp_path)
    assert (imported.read, imported.imported, imported.unchanged) == (6, 6, 0)
    assert imported.review == {"channels.fee": 3, "channels.limit": 1, "papers.count": 1}
    row = the("9.000002")
    assert (row.name, row.sector_key, row.levels) == ("Thủ tục đăng ký khai sinh", "ho-tich", ["commune", "province"])
    assert row.document["channels"][0]["limit"] is None
    assert CatalogueRevision.objects.get(record=row).raw["cach_thuc_thuc_hien"] == NO_UNIT


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    first = take_in(tmp_path)
    stamps = dict(CatalogueRecord.objects.values_list("code", "imported_at"))
    again = take_in(tmp_path)
    assert (again.imported, again.unchanged, again.review) == (0, 6, first.review)
    assert dict(CatalogueRecord.objects.values_list("code", "imported_at")) == stamps
    assert CatalogueRevision.objects.count() == 6


def test_an_import_is_one_event_and_one_without_news_is_none(tmp_path: Path) -> None:
    take_in(tmp_path)
    take_in(tmp_path)
    event = json.loads(Event.objects.get(type="procedures.record.imported").payload)
    assert (event["created"], event["changed"], len(event["codes"])) == (6, 0, 6)
    assert event["file"].startswith("sha256:")


def test_new_content_is_a_new_revision_and_keeps_what_was_settled(tmp_path: Path) -> None:
    take_in(tmp_path)
    officer = context_of("publisher")
    for item in items("9.000002", "channels.limit"):
        settle(officer, item.pk, WORKING_DAYS, version=item.version)
    changed = catalogue()
    changed[1] |= {"ten_thu_tuc": "Đăng ký khai sinh", "cach_thuc_thuc_hien": NO_UNIT.replace("chính20", "chính25")}
    imported = take_in(tmp_path, changed)
    assert (imported.imported, imported.unchanged) == (1, 5)
    row = the("9.000002")
    assert (row.revision, row.name, row.revisions.count()) == (2, "Đăng ký khai sinh", 2)
    assert [item.state for item in items("9.000002", "channels.limit")] == ["settled", "settled", "open"]
    assert [one["limit"] for one in row.document["channels"]] == [WORKING_DAYS, WORKING_DAYS, None]
    assert Settlement.objects.count() == 3


def test_a_row_that_moved_takes_its_settlement_along(tmp_path: Path) -> None:
    take_in(tmp_path)
    post = items("9.000002", "channels.limit")[2]
    settle(context_of("publisher"), post.pk, {"amount": "20", "unit": "days"}, version=1)
    changed = catalogue()
    changed[1]["cach_thuc_thuc_hien"] = (
        f"{CHANNELS_HEADER}Dịch vụ bưu chính20Miễn phí(Không)Trực tiếp15Miễn phí(Không)Trực tuyến15Miễn phí(Không)"
    )
    take_in(tmp_path, changed)
    assert [one["limit"] for one in the("9.000002").document["channels"]] == [
        {"amount": "20", "unit": "days"}, None, None,
    ]  # fmt: skip


def test_a_doubt_that_is_raised_no_more_is_gone_and_returns_as_it_was(tmp_path: Path) -> None:
    take_in(tmp_path)
    item = items("9.000005", "channels.fee")[0]
    settle(context_of("publisher"), item.pk, {"council": True}, version=1)
    clear = catalogue()
    clear[4]["cach_thuc_thuc_hien"] = f"{CHANNELS_HEADER}Trực tiếp5 Ngày70,000 VNĐ(70.000 đồng)"
    take_in(tmp_path, clear)
    item.refresh_from_db()
    assert item.state == ReviewItem.State.GONE
    assert the("9.000005").document["channels"][0]["fees"][0]["amount"] == 70_000
    take_in(tmp_path)
    item.refresh_from_db()
    assert item.state == ReviewItem.State.SETTLED
    assert the("9.000005").document["channels"][0]["fees"][0]["council"] is True


def test_newer_rules_read_again_without_a_new_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(tmp_path)
    item = items("9.000006", "papers.count")[0]
    settle(context_of("publisher"), item.pk, {"note": True}, version=1)
    newer = parse.PARSER_VERSION + 1
    monkeypatch.setattr("tinhso.systems.procedures.actions.import_catalogue.PARSER_VERSION", newer)
    assert take_in(tmp_path).imported == 6
    assert take_in(tmp_path).imported == 0
    assert the("9.000006").revision == 1
    assert the("9.000006").document["papers"][0]["papers"][1]["note"] is True


def test_a_broken_file_leaves_everything_as_it_was(tmp_path: Path) -> None:
    take_in(tmp_path)
    path = write(tmp_path, [record(ma_thu_tuc="9.000007"), record(ma_thu_tuc="")])
    with pytest.raises(Invalid, match="vị trí"):
        import_catalogue(MACHINE, path)
    assert CatalogueRecord.objects.count() == 6


def test_an_officer_of_another_role_may_not_import(tmp_path: Path) -> None:
    with pytest.raises(Forbidden):
        take_in(tmp_path, ctx=context_of("counter"))
    assert take_in(tmp_path, ctx=context_of("publisher")).imported == 6


def test_the_command_prints_one_line_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(write(tmp_path, catalogue()))
    assert run_command(path, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "read": 6, "imported": 6, "unchanged": 0, "review": {"channels.fee": 3, "channels.limit": 1, "papers.count": 1},
    }  # fmt: skip
    assert run_command(path) == 0
    assert "0 mới hoặc thay đổi, 6 như cũ" in capsys.readouterr().out
    with pytest.raises(Invalid):
        run_command(str(tmp_path / "khong-co.jsonl"), "--json")


def run_command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def test_a_name_of_any_length_and_shape_can_be_kept(tmp_path: Path) -> None:
    odd = record(ma_thu_tuc="9.000008", ten_thu_tuc="Đ" * 20_000, linh_vuc="x, " * 3_000)
    assert take_in(tmp_path, [odd, record(ma_thu_tuc="khác lạ")]).imported == 2
    with pytest.raises(Invalid):
        take_in(tmp_path, [record(ma_thu_tuc="9.000009", ten_thu_tuc="a\u0000b")])
