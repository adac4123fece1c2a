"""Figures, loads, splits and the page: what a bench says is what it measured."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from bench import registry, results
from bench.copying import code_of
from bench.figures import Report, at_least, at_most, figure, in_turn, percentile
from bench.load import Request, all_once, closed_loop, open_loop
from bench.report import number, write_report
from bench.splitting import part_of, split
from bench.statements import script_of
from bench.tests.serving import Quiet, serving


class Slow(Quiet):
    def do_GET(self) -> None:
        time.sleep(0.05 if self.path == "/cham" else 0)
        self.answer(500 if self.path == "/hong" else 200, b"ok")


def test_a_figure_is_the_median_beside_the_yardsticks_median() -> None:
    found = figure("a", [3, 1, 2], "ms", at_most(2), yardstick="y", beside=[4, 4, 1])
    assert (found.value, found.yardstick_value, found.ratio, found.runs, found.met) == (2, 4, 0.5, 3, True)


def test_a_target_is_not_judged_where_its_data_were_not_loaded() -> None:
    assert figure("a", [1], "x", at_least(5), yardstick="y", beside=[1], judged=False).met is None
    assert figure("a", [1], "x", at_least(5), yardstick="y", beside=[1]).met is False


def test_both_sides_run_in_turn() -> None:
    order: list[str] = []

    def note(name: str) -> float:
        order.append(name)
        return 1.0

    in_turn(lambda: note("ours"), lambda: note("theirs"), 2)
    assert order == ["ours", "theirs", "ours", "theirs"]


@pytest.mark.parametrize(("percent", "wanted"), [(50, 2.0), (95, 4.0), (100, 4.0), (25, 1.0)])
def test_a_percentile_is_a_value_that_was_measured(percent: float, wanted: float) -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], percent) == wanted


def test_an_open_loop_charges_a_request_from_when_it_was_due() -> None:
    with serving(Slow) as url:
        load = open_loop(url, [Request("GET", "/cham", {})] * 6, rate=100, threads=1)
    assert len(load.latencies) == 6
    assert max(load.latencies) > 200, "the sixth waited for the five before it"


def test_what_is_not_answered_as_expected_is_a_failure_and_no_figure() -> None:
    with serving(Slow) as url:
        load = all_once(url, [Request("GET", "/", {}), Request("GET", "/hong", {})], 2)
    assert len(load.latencies) == 1
    with pytest.raises(RuntimeError, match="1 of 2 failed"):
        load.whole()


def test_a_closed_loop_ends_when_its_time_is_over() -> None:
    with serving(Slow) as url:
        load = closed_loop(url, lambda: Request("GET", "/", {}), threads=2, seconds=0.2)
    assert 0.15 < load.seconds < 2
    assert load.per_second > 10


def test_the_time_is_split_by_package_and_the_shares_add_up() -> None:
    parts = split(lambda: json.dumps(list(range(2000))), 20)
    assert sum(part["share"] for part in parts) == pytest.approx(1, abs=0.01)
    assert part_of("/x/site-packages/pyhanko/sign/a.py", "f") == "pyhanko"
    assert part_of("/x/src/tinhso/foundation/signing/pades/sign.py", "f") == "tinhso.foundation.signing"


def test_a_bench_is_named_by_itself_or_by_one_of_its_figures() -> None:
    assert registry.bench_of("cases") == ("cases", "")
    assert registry.bench_of("cases.inbox") == ("cases", "cases.inbox")
    assert registry.Wanted(only="cases.inbox").wants("cases.accept") is False
    with pytest.raises(KeyError):
        registry.bench_of("khong-co")


def test_a_whole_answer_stands_before_a_quick_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    for quick, day in ((False, 1), (True, 5), (False, 2)):
        made = figure("a", [float(day)], "x", at_least(1), yardstick="y", beside=[1.0])
        results.keep(Report("a", {}, {}, {}, [made]), date(2026, 11, day), quick)
    assert [one["on"] for one in results.latest()] == ["2026-11-02"]


def test_the_page_says_what_was_measured_and_what_was_missed(tmp_path: Path) -> None:
    made = figure("a.b", [1234.5], "ms", at_most(18), yardstick="thước", beside=[2.0])
    machine = {"cores": 2, "cpu": "x", "memory_gb": 4}
    versions = {"tinhso": "abc", "postgres": "18", "python": "3", "openssl": "3"}
    report = Report("a", machine, versions, {"cases": 10000}, [made], {"a.b": [{"part": "django", "share": 0.5}]})
    page = write_report([{**report.document(), "quick": False, "on": "2026-11-02"}], tmp_path / "p.md")
    text = page.read_text(encoding="utf-8")
    assert "| ✗ | `a.b` | 1 234 | ms | không quá 18 | thước | 2 |" in text
    assert "django 50 %" in text
    assert "cases 10 000" in text


@pytest.mark.parametrize(("value", "words"), [(12345.6, "12 345,6"), (0.075, "0,075"), (3.0, "3")])
def test_a_number_is_written_as_vietnam_writes_it(value: float, words: str) -> None:
    assert number(value) == words


def test_copies_get_codes_of_their_agency_and_of_earlier_days() -> None:
    codes = [code_of("H44.01.02-261122-0007", place) for place in (0, 899, 900)]
    assert codes == ["H44.01.02-261121-0001", "H44.01.02-261121-0900", "H44.01.02-261120-0001"]


def test_pgbench_does_the_pages_statements_with_fresh_keys_ids_and_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.statements._RANGES", {"cases_case": 7_000_000_000})
    said = [
        "INSERT INTO events_request_key (scope, key) VALUES ('counter:9', '0123456789abcdef0123456789abcdef')",
        "INSERT INTO numbering_book (key) VALUES ('dossier:H44.01:261122')",
        'INSERT INTO "cases_case" ("public_id", "code") VALUES (\'01a201ead08f7000a5acf0dbee69d7ca\'::uuid,'
        ' \'01a201ea-d08f-7000-a5ac-f0dbee69d7ca\') RETURNING "cases_case"."id"',
        'INSERT INTO "cases_task" ("case_id") VALUES (7000000001)',
        'UPDATE "cases_case" SET "code" = \'H44.01-261122-0007\' WHERE "cases_case"."id" = 7000000001',
    ]
    lines = script_of(said, books=3).splitlines()
    assert lines[0].endswith("AS n \\gset")
    assert "('0123456789abcdef0123456789abcdef' || :n)" in lines[1]
    assert "('dossier:H44.01:261122:' || (:n % 3))" in lines[2]
    assert "('01a201ead08f7000a5ac' || lpad(to_hex(:n), 12, '0'))::uuid" in lines[3]
    assert "('01a201ea-d08f-7000-a5ac-f0dbee69d7ca' || :n)" in lines[3]
    assert lines[3].endswith("\\gset v2_")
    assert lines[4] == 'INSERT INTO "cases_task" ("case_id") VALUES (:v2_id);'
    assert "SET \"code\" = ('H44.01-261122-0007-' || :n) WHERE" in lines[5]
    assert lines[5].endswith("= :v2_id;")
