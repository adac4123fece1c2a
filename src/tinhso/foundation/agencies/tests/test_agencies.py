"""Places and agencies are what their dates say, and a code never means two of them on one day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tinhso.foundation.agencies.actions.load_code_lists import load_code_lists
from tinhso.foundation.agencies.models import Agency, AgencyCode, CodeEntry, Place, Post
from tinhso.foundation.agencies.queries import (
    communes,
    find_agency_at,
    find_agency_id,
    find_commune,
    find_post,
    search_communes,
)

DAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def commune() -> Place:
    return communes(DAY)[0]


def test_a_commune_is_found_by_its_code_only_while_it_is_one() -> None:
    found = commune()
    assert find_commune(found.code, DAY) == found
    assert find_commune(found.code, found.valid_from - timedelta(days=1)) != found


def test_a_commune_is_found_with_or_without_marks() -> None:
    found = commune()
    assert found in search_communes(found.name.upper(), DAY)
    assert found in search_communes(found.search_key, DAY)
    assert search_communes("không có xã này", DAY) == []


def test_a_place_has_its_own_centre() -> None:
    found = find_agency_at("commune_centre", commune().pk, DAY)
    assert found is not None
    assert found.place_id == commune().pk


def test_work_goes_first_to_the_post_named_for_the_field() -> None:
    agency = Agency.objects.filter(posts__isnull=True)[0]
    common, named = (
        Post.objects.create(
            key=f"test-{at}", agency=agency, role="specialist", title="Chuyên viên", sectors=sectors, valid_from=DAY
        )
        for at, sectors in enumerate(([], ["ho-tich"]))
    )
    assert find_post(agency.pk, "specialist", "ho-tich", DAY) == named
    assert find_post(agency.pk, "specialist", "dat-dai", DAY) == common
    assert find_post(agency.pk, "specialist", "ho-tich", DAY - timedelta(days=1)) is None


def test_a_code_may_pass_to_another_agency_but_never_name_two_on_one_day() -> None:
    first, second = Agency.objects.all()[:2]
    held = AgencyCode(agency=first, scheme="qd20", code="H99.9", valid_from=DAY, valid_to=DAY + timedelta(days=10))
    held.save()
    late = {"agency": second, "scheme": "qd20", "code": "H99.9"}
    with pytest.raises(IntegrityError, match="agencies_code_of_one"), transaction.atomic():
        AgencyCode.objects.create(**late, valid_from=DAY + timedelta(days=9))
    AgencyCode.objects.create(**late, valid_from=DAY + timedelta(days=10))
    assert find_agency_id(" h99.9 ") == second.pk


def test_loading_the_shipped_code_lists_again_adds_nothing() -> None:
    load_code_lists()
    before = CodeEntry.objects.count()
    assert load_code_lists() > 0
    assert CodeEntry.objects.count() == before
