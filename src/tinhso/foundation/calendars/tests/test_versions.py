"""Versions of calendars in the database, and which office works by which."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from tinhso.core.context import Context
from tinhso.core.errors import Conflict, Invalid, NotFound
from tinhso.foundation.calendars import queries
from tinhso.foundation.calendars.actions.assign_calendar import assign_calendar
from tinhso.foundation.calendars.actions.load_calendars import load_calendars
from tinhso.foundation.calendars.actions.publish_version import publish_version
from tinhso.foundation.calendars.law import document, read_documents
from tinhso.foundation.calendars.models import CalendarAssignment, CalendarVersion
from tinhso.foundation.events.models import Event

pytestmark = pytest.mark.django_db

OFFICE = 987_654_321
OWN = {**read_documents()[0], "code": "lich-thu", "name": "Lịch thử"}
DECISION = "Quyết định thử"
SINCE = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Versions of a rolled-back test must not be found by the next."""
    queries.get_calendar_version.cache_clear()
    yield
    queries.get_calendar_version.cache_clear()


def with_a_new_day_off(day: str) -> dict[str, Any]:
    row = {"day": day, "kind": "holiday", "name": "Ngày nghỉ mới", "name_en": "", "basis": DECISION, "mark": "read"}
    return {**OWN, "off": [*OWN["off"], row]}


def test_publishing_the_same_again_changes_nothing(ctx: Context) -> None:
    first = publish_version(ctx, OWN, in_force_from=SINCE, decision=DECISION)
    again = publish_version(ctx, OWN, in_force_from=date(2026, 12, 1), decision="khác")
    assert first.id == again.id
    assert Event.objects.filter(type="calendars.calendar.published", subject_id=first.calendar_id).count() == 1


def test_a_new_decision_is_a_new_version(ctx: Context) -> None:
    first = publish_version(ctx, OWN, in_force_from=SINCE, decision=DECISION)
    second = publish_version(ctx, with_a_new_day_off("2026-12-01"), in_force_from=date(2026, 11, 23), decision=DECISION)
    assert (first.number, second.number) == (1, 2)
    assert bytes(first.content_hash) != bytes(second.content_hash)


def test_a_running_case_keeps_its_version(ctx: Context) -> None:
    assign_calendar_of_publishing(ctx)
    before = queries.get_calendar(OFFICE, "", date(2026, 11, 20))
    publish_version(ctx, with_a_new_day_off("2026-12-01"), in_force_from=date(2026, 11, 23), decision=DECISION)
    after = queries.get_calendar(OFFICE, "", date(2026, 11, 23))
    assert queries.get_calendar(OFFICE, "", date(2026, 11, 20)).version_id == before.version_id
    assert before.version_id
    assert queries.get_calendar_version(before.version_id).is_working(date(2026, 12, 1))
    assert not after.is_working(date(2026, 12, 1))


def assign_calendar_of_publishing(ctx: Context) -> CalendarVersion:
    version = publish_version(ctx, OWN, in_force_from=SINCE, decision=DECISION)
    assign_calendar(ctx, "lich-thu", agency_id=OFFICE, valid_from=SINCE, decision=DECISION)
    return version


def test_a_document_without_working_days_is_not_published(ctx: Context) -> None:
    empty = {**OWN, "weeks": [{"from": "2020-01-01", "working": [], "open": {}}]}
    with pytest.raises(Invalid):
        publish_version(ctx, empty, in_force_from=SINCE, decision=DECISION)
    assert not CalendarVersion.objects.filter(calendar__code="lich-thu").exists()


def test_loading_the_shipped_calendars_twice_is_loading_them_once(ctx: Context) -> None:
    load_calendars(ctx)
    count = CalendarVersion.objects.count()
    later = ctx.at(ctx.now + timedelta(days=3))
    assert {version.calendar.code for version in load_calendars(later)} == {"hanh-chinh", "cong-an-xa"}
    assert CalendarVersion.objects.count() == count


def test_an_office_without_a_calendar_of_its_own_has_the_default(ctx: Context) -> None:
    load_calendars(ctx)
    assert queries.get_calendar(OFFICE, "1.001193", date(2026, 11, 20)).code == "hanh-chinh"
    assert queries.get_calendar(None, "", date(2026, 11, 20)).code == "hanh-chinh"


def test_a_procedure_may_have_its_own_calendar_at_an_office(ctx: Context) -> None:
    load_calendars(ctx)
    assign_calendar_of_publishing(ctx)
    assign_calendar(
        ctx, "cong-an-xa", agency_id=OFFICE, procedure="1.004194", valid_from=date(2026, 3, 1), decision=DECISION
    )
    assert queries.get_calendar(OFFICE, "1.004194", date(2026, 11, 20)).code == "cong-an-xa"
    assert queries.get_calendar(OFFICE, "1.004194", date(2026, 2, 1)).code == "lich-thu"
    assert queries.get_calendar(OFFICE, "1.001193", date(2026, 11, 20)).code == "lich-thu"
    assert queries.get_calendar(OFFICE + 1, "1.004194", date(2026, 11, 20)).code == "hanh-chinh"


def test_assigning_again_is_harmless_and_another_from_the_same_day_is_refused(ctx: Context) -> None:
    load_calendars(ctx)
    assign_calendar_of_publishing(ctx)
    assign_calendar_of_publishing(ctx)
    assert CalendarAssignment.objects.filter(agency_id=OFFICE).count() == 1
    with pytest.raises(Conflict):
        assign_calendar(ctx, "cong-an-xa", agency_id=OFFICE, valid_from=SINCE, decision=DECISION)


def test_an_unknown_calendar_is_not_found(ctx: Context) -> None:
    with pytest.raises(NotFound):
        assign_calendar(ctx, "khong-co", agency_id=OFFICE, valid_from=SINCE, decision=DECISION)
    with pytest.raises(NotFound):
        queries.get_calendar_version(-1)


def test_a_calendar_is_found_in_two_queries_and_compiled_once(
    ctx: Context, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assign_calendar_of_publishing(ctx)
    first = queries.get_calendar(OFFICE, "", date(2026, 11, 20))
    with django_assert_num_queries(2):
        assert queries.get_calendar(OFFICE, "", date(2026, 11, 21)) is first


def test_the_database_refuses_a_second_version_of_the_same_number(ctx: Context) -> None:
    version = publish_version(ctx, OWN, in_force_from=SINCE, decision=DECISION)
    version.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save(force_insert=True)


def test_an_office_is_found_by_the_code_people_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_office_lookups", [])
    queries.find_offices_by({"H44.22.7": OFFICE}.get)
    assert queries.get_office_id("H44.22.7") == OFFICE
    with pytest.raises(NotFound):
        queries.get_office_id("H00")


def test_an_office_document_carries_the_countrys_days_off() -> None:
    own = document("rieng", "Giờ riêng", OWN["weeks"])
    assert own["off"] == OWN["off"]
