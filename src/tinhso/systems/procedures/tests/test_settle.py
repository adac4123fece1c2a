from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tinhso.core.errors import Conflict, Forbidden, Invalid
from tinhso.foundation.events.models import Event
from tinhso.systems.procedures.actions.confirm_free import confirm_free
from tinhso.systems.procedures.actions.settle import settle
from tinhso.systems.procedures.models import Settlement
from tinhso.systems.procedures.policies import catalogue as policy

from .sample import CHANNELS_HEADER
from .world import catalogue, context_of, holder, items, take_in, the

LIMIT = {"amount": "15", "unit": "working_days"}


@pytest.mark.django_db
def test_a_settled_limit_stands_in_the_document(tmp_path: Path) -> None:
    take_in(tmp_path)
    item = items("9.000002", "channels.limit")[0]
    settle(context_of("publisher"), item.pk, LIMIT, version=1, note="Nghị định 1")
    assert [one["limit"] for one in the("9.000002").document["channels"]] == [LIMIT, None, None]
    kept = Settlement.objects.get()
    assert (kept.value, kept.note, kept.text) == (LIMIT, "Nghị định 1", item.text)
    assert kept.settled_by == holder("publisher")[0]
    assert Event.objects.filter(type="procedures.review.settled", subject_id=item.record_id).count() == 1


@pytest.mark.django_db
def test_rows_that_say_the_same_may_be_settled_together(tmp_path: Path) -> None:
    take_in(tmp_path)
    item = items("9.000002", "channels.limit")[0]
    settle(context_of("publisher"), item.pk, LIMIT, version=1, alike=True)
    assert [one["limit"] for one in the("9.000002").document["channels"]] == [LIMIT, LIMIT, None]


VALUES: list[tuple[str, str, Mapping[str, Any], str]] = [
    ("9.000002", "channels.limit", {"amount": "0", "unit": "days"}, "amount"),
    ("9.000002", "channels.limit", {"amount": "1,5", "unit": "days"}, "amount"),
    ("9.000002", "channels.limit", {"amount": "2", "unit": "within_day"}, "amount"),
    ("9.000002", "channels.limit", {"amount": "5", "unit": ""}, "unit"),
    ("9.000002", "channels.limit", {"words": " "}, "words"),
    ("9.000002", "channels.limit", {"confirmed": True}, "choice"),
    ("9.000002", "channels.limit", {"empty": True}, "note"),
    ("9.000002", "channels.limit", {}, "unit"),
    ("9.000005", "channels.fee", {"amount": None}, "amount"),
    ("9.000005", "channels.fee", {"amount": -1}, "amount"),
    ("9.000005", "channels.fee", {"amount": True}, "amount"),
    ("9.000006", "papers.count", {"originals": 0, "copies": 0}, "originals"),
    ("9.000006", "papers.count", {"originals": 1, "copies": None}, "originals"),
    ("9.000003", "channels.fee", {"empty": True}, "choice"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("code,field,value,where", VALUES)
def test_a_value_that_cannot_be_is_refused_at_its_control(
    tmp_path: Path, code: str, field: str, value: Mapping[str, Any], where: str
) -> None:
    take_in(tmp_path)
    with pytest.raises(Invalid) as caught:
        settle(context_of("publisher"), items(code, field)[0].pk, value, version=1)
    assert list(caught.value.fields) == [where]
    assert Settlement.objects.count() == 0


@pytest.mark.django_db
def test_a_fee_of_the_council_is_no_figure(tmp_path: Path) -> None:
    take_in(tmp_path)
    settle(context_of("publisher"), items("9.000005", "channels.fee")[0].pk, {"council": True}, version=1)
    fee = the("9.000005").document["channels"][0]["fees"][0]
    assert (fee["amount"], fee["council"], fee["condition"]) == (None, True, "")


@pytest.mark.django_db
def test_a_settled_point_may_be_settled_anew_and_both_are_kept(tmp_path: Path) -> None:
    take_in(tmp_path)
    item = items("9.000002", "channels.limit")[0]
    settle(context_of("publisher"), item.pk, LIMIT, version=1)
    settle(context_of("publisher"), item.pk, {"words": "Theo từng đợt"}, version=2)
    assert the("9.000002").document["channels"][0]["limit_words"] == "Theo từng đợt"
    assert [one.number for one in Settlement.objects.order_by("number")] == [2, 3]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["counter", "leader", "clerk", "head", "specialist"])
def test_only_who_controls_procedures_settles(tmp_path: Path, role: str) -> None:
    take_in(tmp_path)
    with pytest.raises(Forbidden, match="Chưa có gì thay đổi"):
        settle(context_of(role), items("9.000002", "channels.limit")[0].pk, LIMIT, version=1)
    with pytest.raises(Forbidden):
        confirm_free(context_of(role), "cu-tru", ["9.000003"], newest=10**9, note="")
    assert not policy.which(context_of(role)).exists()


@pytest.mark.django_db
def test_a_post_that_was_left_gives_no_right() -> None:
    someone, own = context_of("counter"), context_of("publisher")
    assert policy.may_settle(own)
    assert not policy.may_settle(replace(someone, post_id=own.post_id))
    assert list(policy.who_may_settle()) == [holder("publisher")[0]]


@pytest.mark.django_db
def test_a_sector_is_confirmed_free_but_for_what_is_left_out(tmp_path: Path) -> None:
    doubted = catalogue()
    doubted[3]["cach_thuc_thuc_hien"] = f"{CHANNELS_HEADER}Trực tiếp3 NgàyMiễn phíTrực tuyến3 NgàyMiễn phí(Thu 50%)"
    take_in(tmp_path)
    assert confirm_free(context_of("publisher"), "cu-tru", ["9.000003"], newest=10**9, note="NQ 1") == 1
    assert [item.state for item in items("9.000003")] == ["settled", "settled"]
    assert [item.state for item in items("9.000004")] == ["open", "open"]
    assert all(one["fees"][0]["confirmed"] for one in the("9.000003").document["channels"])
    with pytest.raises(Conflict):
        confirm_free(context_of("publisher"), "cu-tru", ["9.000003"], newest=10**9, note="")
    with pytest.raises(Conflict):
        confirm_free(context_of("publisher"), "ho-tich", ["9.000004"], newest=10**9, note="")
    with pytest.raises(Conflict):
        confirm_free(context_of("publisher"), "cu-tru", ["9.000004"], newest=0, note="")
    with pytest.raises(Invalid):
        confirm_free(context_of("publisher"), "cu-tru", [], newest=10**9, note="")


@pytest.mark.usefixtures("fresh_database")
def test_of_two_at_once_one_settles_and_the_other_is_told_what() -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        take_in(Path(folder))
    item, officer = items("9.000002", "channels.limit")[0], context_of("publisher")
    start = Barrier(2)

    def run(amount: str) -> Any:
        start.wait(timeout=30)
        try:
            return settle(officer, item.pk, {"amount": amount, "unit": "days"}, version=1)
        except Conflict as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(run, ["3", "5"]))
    refusals = [one for one in outcomes if isinstance(one, Conflict)]
    assert len(refusals) == 1
    settled = the("9.000002").document["channels"][0]["limit"]["amount"]
    assert f": {settled} ngày" in refusals[0].changes[0]
    assert Settlement.objects.count() == 1
