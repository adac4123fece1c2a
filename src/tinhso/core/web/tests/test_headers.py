"""Headers of every answer, as a site at an https address sends them."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tinhso.core import settings as site
from tinhso.core.web.middleware import ContentSecurity

HTTPS = {"TINHSO_MODE": "test", "TINHSO_BASE_URL": "https://dichvu.tinh.example", "TINHSO_TRUST_PROXY": "1"}


def answered(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> HttpResponse:
    settings = site.load(environ)
    monkeypatch.setattr(site, "current", lambda: settings)
    return ContentSecurity(lambda request: HttpResponse())(RequestFactory().get("/"))


def test_an_https_site_holds_browsers_to_https_even_behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    assert answered(monkeypatch, HTTPS)["Strict-Transport-Security"] == "max-age=31536000"


def test_a_demo_on_plain_http_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Strict-Transport-Security" not in answered(monkeypatch, {"TINHSO_MODE": "test"})


def test_nobody_else_may_frame_us(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "frame-ancestors 'self'" in answered(monkeypatch, HTTPS)["Content-Security-Policy"]


@pytest.mark.parametrize("given", ["1", "true"])
def test_a_proxy_is_trusted_only_when_told_so(given: str) -> None:
    assert site.load(HTTPS | {"TINHSO_TRUST_PROXY": given}).trust_proxy
    assert not site.load({"TINHSO_MODE": "test"}).trust_proxy


@pytest.mark.django_db
def test_a_token_of_strange_letters_and_a_made_up_verb_are_only_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    client: Any = Client()
    assert client.generic("BREW", "/health").status_code < 500
    metrics = client.get("/metrics").content.decode()
    assert 'method="BREW"' not in metrics
