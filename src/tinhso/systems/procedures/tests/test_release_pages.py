"""A release from one official's draft past another into use, through the pages."""

import re
from datetime import timedelta
from typing import Any

import pytest
import yaml
from django.test import Client

from tinhso.core.time import business_date, clock
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.cases.models import ReleaseDraft
from tinhso.foundation.cases.queries import find_release
from tinhso.foundation.cases.reading import read_release
from tinhso.foundation.identity.models import Account, Appointment, Realm

from .world import browser_of, holder

pytestmark = pytest.mark.django_db
LIST = "/can-bo/phien-ban"
CODE = "1.004873"


@pytest.fixture
def writer() -> Client:
    return browser_of(holder("publisher")[0])


@pytest.fixture
def second() -> Client:
    post = Post.objects.filter(role="publisher").order_by("id")[0]
    first = holder("publisher")[0]
    other = Account.objects.filter(realm=Realm.OFFICER).exclude(pk=first.pk).order_by("id")[0]
    Appointment.objects.get_or_create(account=other, post=post, defaults={"valid_from": post.valid_from})
    Appointment.objects.filter(account=other).exclude(post=post).delete()
    return browser_of(other)


def send(client: Client, page: str, act: str, **typed: str) -> Any:
    """Press the button of the form that goes to `act`, having typed."""
    html = client.get(page).content.decode()
    forms = [form for form in re.findall(r"<form.*?</form>", html, re.S) if act in form]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', forms[0]))
    return client.post(f"{page}/{act}" if act else page, hidden | typed)


def begun(writer: Client) -> str:
    html = writer.get(f"{LIST}/{CODE}").content.decode()
    once = re.findall(r'name="_once" value="([^"]*)"', html)[0]
    answer = writer.post(f"{LIST}/{CODE}", {"begin": "1", "_once": once})
    return str(answer.headers["Location"])


def test_a_change_goes_past_a_second_person_and_comes_into_use_on_its_day(writer: Client, second: Client) -> None:
    page, draft = begun(writer), ReleaseDraft.objects.get()
    text = yaml.safe_dump({**draft.document, "short_name": "Xác nhận độc thân"}, allow_unicode=True)
    assert send(writer, page, "viet", document=text).status_code == 303
    shown = writer.get(page).content.decode()
    assert "short_name" in shown
    assert "Xác nhận độc thân" in shown
    assert send(writer, page, "gui").status_code == 303
    assert "không tự duyệt" in writer.get(page).content.decode()
    assert send(second, page, "dong-y").status_code == 303
    day = business_date(clock()) + timedelta(days=5)
    typed = {"effective_day": str(day.day), "effective_month": str(day.month), "effective_year": str(day.year)}
    assert send(writer, page, "cong-bo", **typed).status_code == 303
    row = find_release(CODE, day)
    assert row is not None
    assert read_release(row).short_name == "Xác nhận độc thân"
    assert f"{day:%d/%m/%Y}" in writer.get(f"{LIST}/{CODE}").content.decode()


def test_faults_are_told_by_their_place_and_what_was_written_stays(writer: Client) -> None:
    page, draft = begun(writer), ReleaseDraft.objects.get()
    send(writer, page, "viet", document=yaml.safe_dump({**draft.document, "colour": "red"}, allow_unicode=True))
    answer = send(writer, page, "gui")
    assert answer.status_code == 422
    assert "colour" in answer.content.decode()
    broken = send(writer, page, "viet", document="steps: [")
    assert broken.status_code == 422
    assert "steps: [" in broken.content.decode()
    assert "Lỗi cách viết ở dòng" in broken.content.decode()


def test_what_is_given_back_comes_with_its_reason(writer: Client, second: Client) -> None:
    page = begun(writer)
    send(writer, page, "gui")
    assert send(second, page, "tra-lai", remark="").status_code == 422
    send(second, page, "tra-lai", remark="Sai mức lệ phí ở mục fees")
    assert "Sai mức lệ phí" in writer.get(page).content.decode()


def test_a_procedure_is_withdrawn_from_a_day_with_its_ground(writer: Client) -> None:
    day = business_date(clock()) + timedelta(days=9)
    typed = {"effective_day": str(day.day), "effective_month": str(day.month), "effective_year": str(day.year)}
    page = f"{LIST}/{CODE}"
    html = writer.get(page).content.decode()
    once = re.findall(r'name="_once" value="([^"]*)"', html)[-1]
    assert writer.post(page, {"withdraw": "1", "_once": once, "reason": "", **typed}).status_code == 422
    html = writer.get(page).content.decode()
    once = re.findall(r'name="_once" value="([^"]*)"', html)[-1]
    assert writer.post(page, {"withdraw": "1", "_once": once, "reason": "QĐ 12/QĐ-UBND", **typed}).status_code == 303
    assert find_release(CODE, day) is None


def test_officers_of_other_posts_are_refused(writer: Client) -> None:
    page = begun(writer)
    client = browser_of(holder("counter")[0])
    for path in (LIST, f"{LIST}/{CODE}", page):
        assert client.get(path).status_code == 403
    assert client.post(f"{page}/gui", {}).status_code == 403
    assert writer.post(f"{page}/khac", {"_once": "x" * 36}).status_code in (404, 422, 400)
