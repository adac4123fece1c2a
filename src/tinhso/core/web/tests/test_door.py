"""What is turned away at the door, whoever comes."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/tra-cuu?ma=%00", "/tra-cuu/a%00b", "/thu-tuc/a%00", "/thu-tuc?q=%00"])
def test_a_nul_in_an_address_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404


@pytest.mark.django_db
def test_a_nul_in_a_form_is_refused_with_words() -> None:
    answer = Client().post("/dang-nhap", {"username": "a\0b", "password": "x"})
    assert answer.status_code == 422
    assert "ký tự lạ" in answer.content.decode()
