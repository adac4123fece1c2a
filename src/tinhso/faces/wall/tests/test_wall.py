"""The wall: what is counted, what it costs, that it needs no script."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tinhso.core.time import clock
from tinhso.faces.wall.maps import Point, draw
from tinhso.foundation.cases.models import Case
from tinhso.systems.onestop.figures import wall
from tinhso.systems.onestop.tests import desk

WALL = "/dieu-hanh/"


@pytest.mark.django_db
def test_it_is_for_officers() -> None:
    for client in (Client(), desk.citizen()):
        assert client.get(WALL)["Location"].startswith("/can-bo/dang-nhap")
    assert desk.officer(desk.ELSEWHERE).get(WALL).status_code == 200


@pytest.mark.django_db
def test_every_figure_says_what_it_counts() -> None:
    now = clock()
    late, done = desk.accepted(), desk.accepted()
    desk.submitted()
    Case.objects.filter(pk=late.pk).update(due_at=now - timedelta(days=1), channel="in_person")
    Case.objects.filter(pk=done.pk).update(business="resolved", resolved_at=now, due_at=now)
    figures = wall(clock()).figures
    counted = {key: (figure.numerator, figure.denominator) for key, figure in figures.items()}
    assert counted["month"] == (3, None)
    assert counted["online"] == (2, 3)
    assert counted["open"] == (2, None)
    assert counted["late"] == (1, 1)
    assert counted["on_time"] == (1, 1)
    assert all(figure.definition.endswith(".") for figure in figures.values())


@pytest.mark.django_db
def test_shares_show_two_decimals_and_their_numbers() -> None:
    desk.submitted()
    desk.submitted()
    Case.objects.filter(pk=desk.submitted().pk).update(channel="in_person")
    said = desk.officer(desk.COUNTER).get(WALL).content.decode()
    assert "66,67\u00a0%" in said
    assert "2 / 3 hồ sơ." in said


@pytest.mark.django_db
def test_it_renews_itself_without_script() -> None:
    said = desk.officer(desk.COUNTER).get(WALL).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in said
    assert 'data-poll="30"' in said


@pytest.mark.django_db
def test_the_map_has_its_table_and_says_it_is_approximate() -> None:
    desk.submitted()
    said = desk.officer(desk.COUNTER).get(WALL).content.decode()
    assert said.count("<circle") == 148
    assert "Vị trí gần đúng" in said
    assert '<th scope="row">Phường Việt Trì</th>' in said


@pytest.mark.django_db
def test_communes_with_nothing_open_are_a_count_with_their_names_one_click_away() -> None:
    resolved = desk.accepted()
    Case.objects.filter(pk=resolved.pk).update(business="resolved", resolved_at=clock())
    quiet = desk.officer(desk.COUNTER).get(WALL).content.decode()
    assert "148 xã, phường không có hồ sơ đang làm" in quiet
    assert "Chưa có hồ sơ nào đang giải quyết ở cấp xã." in quiet
    desk.submitted()
    said = desk.officer(desk.COUNTER).get(WALL).content.decode()
    assert "147 xã, phường không có hồ sơ đang làm" in said
    table, idle = said.partition('<th scope="row">Phường Việt Trì</th>')[::2]
    assert table
    assert "Phường Nông Trang" in idle
    assert "Phường Việt Trì" not in idle


@pytest.mark.django_db
def test_it_costs_the_same_with_more_to_count() -> None:
    client = desk.officer(desk.COUNTER)
    desk.submitted()
    client.get(WALL)
    with CaptureQueriesContext(connection) as few:
        client.get(WALL)
    for _ in range(5):
        desk.submitted()
    with CaptureQueriesContext(connection) as many:
        client.get(WALL)
    assert len(many) == len(few) <= 12


def test_the_map_keeps_north_up_and_dots_inside() -> None:
    drawn = draw([Point("Bắc", 22.0, 104.5), Point("Nam", 20.5, 105.5, amount=4, late=1)])
    assert drawn is not None
    (north,), (south,) = drawn.ground, drawn.busy
    assert float(north.y) < float(south.y) <= drawn.height
    assert 0 < float(north.x) < float(south.x) < drawn.width
    assert draw([]) is None
