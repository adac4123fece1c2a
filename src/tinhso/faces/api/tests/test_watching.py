"""What watching machines are told."""

import pytest
from django.test import Client


def test_a_living_process_says_so_without_the_database() -> None:
    assert Client().get("/health").json() == {"alive": True}


@pytest.mark.django_db
def test_a_ready_process_has_its_tables() -> None:
    assert Client().get("/ready").json() == {"ready": True}


def test_what_is_measured_is_told_in_words_of_prometheus() -> None:
    said = Client().get("/metrics")
    assert said.status_code == 200
    assert b"# HELP" in said.content
