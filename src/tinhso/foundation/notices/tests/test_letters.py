"""A letter is kept as it was written, sealed, and goes to whoever it can reach."""

import json
from pathlib import Path

import pytest
from django.db import connection

from tinhso.core.context import Context
from tinhso.core.settings import current
from tinhso.foundation.identity.models import Party
from tinhso.foundation.notices.actions.write_letter import write_letter
from tinhso.foundation.notices.mail import send_mail
from tinhso.foundation.notices.models import Letter
from tinhso.foundation.notices.sms import send_sms
from tinhso.foundation.outbox.models import Message

LETTER = "Hồ sơ của {{ party.name }} đã có kết quả\n\nMời ông/bà đến nhận & mang theo giấy hẹn.\n"


@pytest.fixture
def template(settings: pytest.FixtureRequest, tmp_path: Path) -> str:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    engines = [dict(engine) for engine in settings.TEMPLATES]  # type: ignore[attr-defined]
    for engine in engines:
        if engine.get("NAME") == "letters":
            engine["DIRS"] = [tmp_path]
    settings.TEMPLATES = engines  # type: ignore[attr-defined]
    return "letter.txt"


def party() -> Party:
    found = Party.objects.filter(kind="citizen")[0]
    found.email, found.phone = "lan@example.vn", "0912345678"
    return found


@pytest.mark.django_db
def test_a_letter_is_sealed_and_its_first_line_is_the_subject(ctx: Context, template: str) -> None:
    who = party()
    letter = write_letter(ctx, who, template, {})
    assert letter.subject == f"Hồ sơ của {who.name} đã có kết quả"
    assert Letter.objects.get(pk=letter.pk).body == "Mời ông/bà đến nhận & mang theo giấy hẹn."
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM notices_letter WHERE id = %s", [letter.pk])
        assert "giấy hẹn".encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_letter_goes_where_this_matter_asked_before_where_the_party_lives(ctx: Context, template: str) -> None:
    write_letter(ctx, party(), template, {}, email="khac@example.vn")
    sent = {message.carrier: message.payload["to"] for message in Message.objects.all()}
    assert sent["email"] == "khac@example.vn"
    assert sent.get("sms", "0912345678") == "0912345678"


@pytest.mark.django_db
def test_who_has_no_address_gets_no_message(ctx: Context, template: str) -> None:
    who = party()
    who.email = who.phone = ""
    write_letter(ctx, who, template, {})
    assert Message.objects.count() == 0


def test_folders_serve_as_carriers() -> None:
    send_mail({"id": "thu-1", "to": "lan@example.vn", "subject": "Có kết quả", "body": "Mời đến nhận."})
    send_sms({"id": "tin-1", "to": "0912345678", "body": "Có kết quả"})
    home = current().home
    assert "To: lan@example.vn" in (home / "mail" / "thu-1.eml").read_text(encoding="utf-8")
    assert json.loads((home / "sms" / "tin-1.json").read_text(encoding="utf-8"))["to"] == "0912345678"
