"""What the tests of the citizens' door share: people signed in, a birth filled in, officers doing their turn."""

import io
import re
import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tinhso.core.context import Context
from tinhso.core.time import clock
from tinhso.foundation.cases.models import Case, Task
from tinhso.foundation.forms.rules.form import QuestionType
from tinhso.foundation.forms.rules.values import posted_from
from tinhso.foundation.identity.models import Account, Appointment
from tinhso.systems.onestop.actions.accept import accept
from tinhso.systems.onestop.actions.decide import draft_result, issue, propose, sign
from tinhso.systems.onestop.actions.hand_result import hand_result
from tinhso.systems.onestop.actions.see_draft import see_drafts
from tinhso.systems.onestop.actions.supplement import ask_supplement
from tinhso.systems.onestop.models import Result
from tinhso.systems.services.models import Draft
from tinhso.systems.services.queries import get_release
from tinhso.systems.services.releases.loading import load_samples

BIRTH = "1.001193"
MOTHER = "nguyen-thi-lan"
DEMO_PIN = "123456"
"""Of every key in the seeded template."""


def signed_in(username: str = MOTHER) -> Client:
    """A browser in which a citizen has signed in."""
    client = Client(headers={"accept-language": "vi"})
    client.force_login(Account.objects.get(username=username))
    client.cookies["nguoi_dan"] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return client


def key() -> str:
    return uuid.uuid4().hex


def photo(name: str = "giay.png") -> SimpleUploadedFile:
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(kept, "PNG")
    return SimpleUploadedFile(name, kept.getvalue(), "image/png")


def begin(client: Client, procedure: str = BIRTH) -> Draft:
    """A draft begun through the page."""
    response = client.post(f"/nop-ho-so/{procedure}", {"_once": key()})
    assert response.status_code == 303, response.content.decode()
    return Draft.objects.get(public_id=response["Location"].split("/")[2])


def birth_answers() -> dict[str, Any]:
    """The answers of the sample birth, as the form's own page would hold them."""
    return load_samples(BIRTH, clock().date(), _citizen)[0].answers


def fill(client: Client, draft: Draft, **changed: Any) -> None:
    """Answer every page as the sample does, posting what a browser posts; `changed` by question with `__` for dots."""
    answers = birth_answers() | {name.replace("__", "."): value for name, value in changed.items()}
    release = get_release(BIRTH, clock().date())
    address = f"/nop-ho-so/{draft.public_id}/{release.form.pages[0].key}"
    while "/nop/" not in address:
        page = release.form.page(address.rsplit("/", 1)[1])
        shown = client.get(address).context["values"]
        body = dict(shown)
        for question in page.questions:
            if question.key not in answers:
                continue
            for name, texts in posted_from(question, answers[question.key]).items():
                if question.type is QuestionType.DATE:
                    name = f"{question.key}_{name.rsplit('.', 1)[1]}"
                body[name] = "on" if question.type is QuestionType.STATEMENT else texts
        response = client.post(address, body | {"_once": key()})
        assert response.status_code == 302, response.context["errors"]
        address = response["Location"]


def finish(client: Client, draft: Draft) -> None:
    """Upload what is needed and choose how to receive the result."""
    for paper in re.findall(
        r"/giay-to/([a-z-]+)\"", client.get(f"/nop-ho-so/{draft.public_id}/nop/giay-to").content.decode()
    ):
        response = client.post(f"/nop-ho-so/{draft.public_id}/giay-to/{paper}", {"tep": photo(), "_once": key()})
        assert response.status_code == 302
    response = client.post(f"/nop-ho-so/{draft.public_id}/nop/nhan-ket-qua", {"cach": "online", "_once": key()})
    assert response.status_code == 302


def submit(client: Client, draft: Draft) -> Case:
    response = client.post(f"/nop-ho-so/{draft.public_id}/nop/gui", {"_once": key()})
    assert response.status_code == 303, response.content.decode()
    return Case.objects.get(code=response["Location"].split("/")[2].split("?")[0])


def filed(client: Client, *, copies: bool = False) -> Case:
    """A birth filed online; free, or with copies that cost 24.000 đồng."""
    draft = begin(client)
    fill(client, draft, ban_sao__can=copies)
    finish(client, draft)
    return submit(client, draft)


def turn(case: Case) -> Context:
    """The circumstances of the officer whose turn it is."""
    task = Task.objects.select_related("post").filter(case=case).order_by("due_at")[0]
    held = Appointment.objects.filter(post=task.post).first()
    assert held is not None
    return Context(now=clock(), account_id=held.account_id, post_id=task.post_id, agency_id=task.post.agency_id)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def accepted(case: Case) -> Case:
    accept(turn(case), case.pk, fresh(case).version)
    return fresh(case)


def asked(case: Case, paper: str = "giay-chung-sinh") -> Case:
    """A supplement asked for by the specialist."""
    accepted(case)
    wanted = [{"paper": paper, "note": "Ảnh bị mờ"}]
    ask_supplement(turn(case), case.pk, fresh(case).version, wanted, "Ảnh giấy chứng sinh bị mờ, không đọc được.")
    return fresh(case)


def returned(case: Case) -> Case:
    """Through every hand to the end: drafted, looked at, proposed, signed, numbered, handed over."""
    accepted(case)
    later = {"giay-khai-sinh": {"chua_co_so": "Cơ sở dữ liệu quốc gia về dân cư chưa trả số."}}
    draft_result(turn(case), case.pk, fresh(case).version, later)
    see_drafts(turn(case), Result.objects.filter(case=case))
    propose(turn(case), case.pk, fresh(case).version)
    sign(turn(case), case.pk, fresh(case).version, DEMO_PIN)
    issue(turn(case), case.pk, fresh(case).version, DEMO_PIN)
    hand_result(turn(case), case.pk, fresh(case).version)
    return fresh(case)


def _citizen(who: str, field: str) -> Any:
    party = Account.objects.select_related("party__place").get(username=who).party
    assert party is not None
    assert party.place is not None
    assert party.birth_date is not None
    known: dict[str, Any] = {
        "full_name": party.name,
        "birth_date": party.birth_date.isoformat(),
        "sex": "nam" if party.sex == "male" else "nu",
        "personal_number": party.number,
        "phone": party.phone,
        "email": party.email,
        "commune": party.place.code,
        "residence": {"commune": party.place.code, "detail": party.address},
    }
    return known[field]


def today() -> date:
    return clock().date()
