"""The files, persons and requests that these tests are about."""

import gzip
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from tinhso.core.context import Context
from tinhso.core.time import VN_ZONE
from tinhso.foundation.agencies.models import Post
from tinhso.foundation.identity.middleware import COOKIES
from tinhso.foundation.identity.models import Account, Realm
from tinhso.systems.procedures.actions.import_catalogue import Imported, import_catalogue
from tinhso.systems.procedures.models import CatalogueRecord, ReviewItem

from .sample import CHANNELS_HEADER, PAPERS_HEADER, record

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=VN_ZONE)
MACHINE = Context(now=NOW, request_id="test")

NO_UNIT = f"{CHANNELS_HEADER}Trực tiếp15Miễn phí(Không)Trực tuyến15Miễn phí(Không)Dịch vụ bưu chính20Miễn phí(Không)"
BARE_FREE = f"{CHANNELS_HEADER}Trực tiếp3 Ngày làm việcMiễn phíTrực tuyến3 Ngày làm việcMiễn phí"


def catalogue() -> list[dict[str, Any]]:
    """Six made-up procedures: clear, without unit, twice bare free, a council's fee, a note for a paper."""
    council = f"{CHANNELS_HEADER}Trực tiếp5 NgàyMiễn phí(Theo nghị quyết của Hội đồng nhân dân tỉnh)"
    note = f"--{PAPERS_HEADER}Đơn xin phép1 bản chínhLưu ý khi nộp hồ sơ0 bản chính"
    return [
        record(),
        _record(2, "Thủ tục đăng ký khai sinh", "Hộ tịch", cach_thuc_thuc_hien=NO_UNIT),
        _record(3, "Đăng ký thường trú", "Cư trú", cach_thuc_thuc_hien=BARE_FREE),
        _record(4, "Xóa đăng ký thường trú", "Cư trú", cach_thuc_thuc_hien=BARE_FREE),
        _record(5, "Cấp giấy phép xây dựng", "Xây dựng", cach_thuc_thuc_hien=council),
        _record(6, "Thông báo khuyến mại", "Thương mại", thanh_phan_ho_so=note),
    ]


def _record(number: int, name: str, sector: str, **changes: str) -> dict[str, Any]:
    return record(ma_thu_tuc=f"9.00000{number}", ten_thu_tuc=name, linh_vuc=sector, **changes)


def write(folder: Path, records: Iterable[dict[str, Any]]) -> Path:
    path = folder / "danh-muc.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps(one, ensure_ascii=False) for one in records).encode()))
    return path


def take_in(folder: Path, records: Iterable[dict[str, Any]] | None = None, ctx: Context = MACHINE) -> Imported:
    return import_catalogue(ctx, write(folder, catalogue() if records is None else records))


def holder(role: str) -> tuple[Account, Post]:
    """A demo officer whose only post has this role, and that post."""
    found = Post.objects.filter(role=role, appointments__isnull=False).order_by("id")
    for post in found.select_related("agency"):
        account = Account.objects.get(appointments__post=post)
        if account.appointments.count() == 1:
            return account, post
    raise LookupError(role)


def context_of(role: str) -> Context:
    account, post = holder(role)
    return Context(now=NOW, account_id=account.pk, post_id=post.pk, agency_id=post.agency_id, request_id="test")


def browser_of(account: Account | None) -> Client:
    """A browser signed in with an account, or nobody's."""
    client = Client()
    if account is not None:
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.create()
        client.cookies[COOKIES[Realm(account.realm)]] = session.session_key or ""
        client.cookies[COOKIES[Realm.OFFICER]] = session.session_key or ""
    return client


def the(code: str) -> CatalogueRecord:
    return CatalogueRecord.objects.get(code=code)


def items(code: str, field: str = "") -> list[ReviewItem]:
    found = ReviewItem.objects.filter(record__code=code).order_by("field", "position", "id")
    return list(found.filter(field=field) if field else found)
