"""What the desk's tests share: officers signed in, a birth filed online, every step up to where a test begins."""

import io
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tinhso.core.context import Context
from tinhso.core.time import business_date, clock
from tinhso.foundation.agencies.queries import find_agency_at
from tinhso.foundation.cases.models import Case, Task
from tinhso.foundation.cases.queries import find_release
from tinhso.foundation.files.actions.keep import keep
from tinhso.foundation.identity.models import Account, Appointment, Party
from tinhso.foundation.payments.actions.take_cash import take_cash
from tinhso.systems.onestop.actions.accept import accept
from tinhso.systems.onestop.actions.decide import draft_result, propose
from tinhso.systems.onestop.actions.file_dossier import Filing, PaperIn
from tinhso.systems.onestop.actions.see_draft import see_drafts
from tinhso.systems.onestop.actions.submit import submit
from tinhso.systems.onestop.models import Result
from tinhso.systems.onestop.money import payment_of

BIRTH = "1.001193"
COUNTER, SPECIALIST, LEADER, CLERK = (f"{name}.viettri" for name in ("tiepnhan", "hotich", "chutich", "vanthu"))
ELSEWHERE = "hotich.vinhyen"
MOTHER, FATHER = "nguyen-thi-lan", "tran-van-hai"
VIET_TRI = "07900"


def officer(username: str) -> Client:
    """A browser in which an officer has signed in."""
    client = Client(headers={"accept-language": "vi"})
    client.force_login(Account.objects.get(username=username))
    client.cookies["can_bo"] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return client


def citizen(username: str = MOTHER) -> Client:
    client = Client(headers={"accept-language": "vi"})
    client.force_login(Account.objects.get(username=username))
    client.cookies["nguoi_dan"] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return client


def birth_answers(*, copies: int = 0) -> dict[str, Any]:
    """A birth in Việt Trì, mother and father known, married."""
    mother, father = _person(MOTHER), _person(FATHER)
    home = {"commune": VIET_TRI, "detail": "Số 12, phố Hùng Vương"}
    answers: dict[str, Any] = {
        "nyc.ho_ten": mother.name,
        "nyc.ngay_sinh": str(mother.birth_date),
        "nyc.gioi_tinh": "nu",
        "nyc.so_dinh_danh": mother.number,
        "nyc.noi_cu_tru": home,
        "nyc.quan_he": "me",
        "nyc.dien_thoai": "0912345678",
        "nks.ho_ten": "Trần Minh An",
        "nks.gioi_tinh": "nu",
        "nks.ngay_sinh": (business_date(clock()) - timedelta(days=9)).isoformat(),
        "nks.loai": "du_cha_me",
        "nks.mang_thai_ho": False,
        "nks.noi_sinh": home,
        "gcs.loai": "giay_chung_sinh",
        "kh.da_dang_ky": True,
        "nks.dan_toc": "01",
        "nks.quoc_tich": "Việt Nam",
        "nks.que_quan": home,
        "ban_sao.can": bool(copies),
        "noi_dang_ky": VIET_TRI,
        "cam_doan": True,
    }
    for key, parent in (("me", mother), ("cha", father)):
        answers |= {
            f"{key}.ho_ten": parent.name,
            f"{key}.ngay_sinh": str(parent.birth_date),
            f"{key}.so_dinh_danh": parent.number,
            f"{key}.dan_toc": "01",
            f"{key}.quoc_tich": "Việt Nam",
            f"{key}.noi_cu_tru": home,
        }
    return answers | ({"ban_sao.so_luong": copies} if copies else {})


def submitted(*, copies: int = 0, now: datetime | None = None) -> Case:
    """A birth filed online from the mother's account, with a photograph of the hospital's paper."""
    now = now or clock()
    account = Account.objects.select_related("party__place").get(username=MOTHER)
    ctx = Context(now=now, account_id=account.pk, request_id="test")
    row = find_release(BIRTH, business_date(now))
    party = account.party
    assert row is not None
    assert party is not None
    assert party.place is not None
    centre = find_agency_at("commune_centre", party.place.pk, business_date(now))
    assert centre is not None
    photo = keep(ctx, picture(), name="chung-sinh.jpg", media_type="image/jpeg", owner=("draft", 1))
    filing = Filing(
        release=row,
        applicant=party,
        answers=birth_answers(copies=copies),
        papers=(PaperIn("giay-chung-sinh", photo),),
        channel="online",
        filing="self",
        receiving=centre,
        returning=centre,
        return_by="online",
    )
    return submit(ctx, filing)


def accepted(*, now: datetime | None = None) -> Case:
    """The same, accepted: it lies with the specialist."""
    case = submitted(now=now)
    accept(acting(case, now), case.pk, case.version)
    return fresh(case)


NO_NUMBER = "Cơ sở dữ liệu về dân cư chưa trả số."
"""Why a birth certificate is drawn up before the child has a personal number."""

DRAFT = {"giay-khai-sinh.chua_co_so": NO_NUMBER}


def drafted() -> Case:
    """An accepted birth with its certificate drawn up, which nobody has looked at yet."""
    case = accepted()
    draft_result(acting(case), case.pk, case.version, {"giay-khai-sinh": {"chua_co_so": NO_NUMBER}})
    return fresh(case)


def proposed() -> Case:
    """The same, drafted, looked at and put before the leader."""
    case = drafted()
    see_drafts(acting(case), Result.objects.filter(case=case))
    propose(acting(case), case.pk, case.version, "Kính trình")
    return fresh(case)


def paid(case: Case) -> None:
    """What is due for `case` taken in cash at its counter."""
    request = payment_of(case.pk)
    assert request is not None
    take_cash(acting(case), request.public_id, request.amount)


def acting(case: Case, now: datetime | None = None) -> Context:
    """Whoever holds the post on which the open work of `case` lies."""
    task = Task.objects.select_related("post").get(case=case)
    held = Appointment.objects.get(post=task.post)
    ids = {"account_id": held.account_id, "post_id": task.post_id, "agency_id": task.post.agency_id}
    return Context(now=now or clock(), request_id="test", **ids)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def act(client: Client, case: Case, slug: str, more: Mapping[str, Any] | None = None, **typed: Any) -> Any:
    """Post an act's form as the page does; `more` for names with dots, `key` for its once key."""
    body = {"version": case.version, "_once": typed.pop("key", uuid.uuid4().hex)}
    return client.post(f"/can-bo/ho-so/{case.code}/viec/{slug}", {**body, **typed, **(more or {})})


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(kept, "JPEG")
    return kept.getvalue()


def photo(name: str = "giay.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(), "image/jpeg")


def document() -> SimpleUploadedFile:
    """What no counter takes: a word processor's file."""
    return SimpleUploadedFile("don.docx", b"PK\x03\x04 not a picture", "application/msword")


def _person(username: str) -> Party:
    party = Account.objects.select_related("party").get(username=username).party
    assert party is not None
    return party
