"""The tools: ids, canonical JSON, text, crypto, settings."""

import base64
import json
import threading
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.core.canonical import canonical, digest
from tinhso.core.crypto import WrongKey, lookup, open_bytes, seal_bytes
from tinhso.core.ids import uuid7
from tinhso.core.money import format_dong
from tinhso.core.settings import Mode, Settings, UnsafeSettings, load
from tinhso.core.text import fold, mask_name, mask_number, sort_key, squash, whole_number
from tinhso.core.time import business_date, iso, local

NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
SAFE = {
    "TINHSO_MODE": "production",
    "TINHSO_BASE_URL": "https://dichvu.tinh.example",
    "TINHSO_SECRET_KEY": "x" * 40,
    "TINHSO_INSTALLATION_KEY": base64.b64encode(bytes(32)).decode(),
    "TINHSO_GATEWAY_SECRET": "y" * 40,
    "TINHSO_MAIL_URL": "smtps://user:word@mail.example:465",
    "TINHSO_METRICS_TOKEN": "z" * 20,
    "TINHSO_PROVINCE": "Tỉnh Bình An",
    "TINHSO_HOTLINE": "1900 1234",
    "TINHSO_MAIL_FROM": "khong-tra-loi@binhan.gov.vn",
    "TINHSO_BANK_BIN": "970436",
    "TINHSO_BANK_ACCOUNT": "0012345678",
}
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_ids_are_version_seven_and_never_run_backwards() -> None:
    ids = [uuid7(NOW) for _ in range(5000)] + [uuid7(NOW - timedelta(seconds=5))]
    assert ids == sorted(ids)
    assert {one.version for one in ids} == {7}
    assert ids[0].int >> 80 >= int(NOW.timestamp() * 1000)


def test_ids_of_many_threads_differ() -> None:
    made: list[Any] = []
    threads = [threading.Thread(target=lambda: made.extend(uuid7(NOW) for _ in range(500))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 4000


@given(values)
def test_canonical_json_reads_back_and_does_not_depend_on_order(value: Any) -> None:
    said = canonical(value)
    assert json.loads(said) == value
    if isinstance(value, dict):
        assert canonical(dict(reversed(value.items()))) == said
        assert digest(value) == digest(dict(value))


def test_canonical_json_sorts_as_the_rfc_does() -> None:
    assert canonical({"\U0001f600": 1, "\ufb33": 2, "b": "ă"}) == '{"b":"ă","\U0001f600":1,"\ufb33":2}'.encode()


@pytest.mark.parametrize("value", [1.5, {1: "x"}, object(), b"x"])
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_words_are_found_with_and_without_marks() -> None:
    assert fold("Đăng ký  Khai SINH") == "dang ky khai sinh"
    assert squash("Khai-sinh") == squash("khaisinh") == "khaisinh"
    assert mask_name("Nguyễn Thị Lan") == "N. T. Lan"
    assert mask_name("") == ""
    assert mask_number("099190009999") == "…999"
    assert mask_number("") == ""


@pytest.mark.parametrize("text", ["", "²", "٣", "-1", "1.5", "1e3", "9" * 19, "một"])
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert whole_number(text) is None


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_a_whole_number_reads_back(number: int) -> None:
    assert whole_number(f" {number} ") == number


def test_names_stand_in_vietnamese_order() -> None:
    names = ["An", "Ăn", "Ân", "Dũng", "Dương", "Đà Nẵng", "đường", "Em", "Ê", "Hòa", "Hoài", "Ông", "Ơn", "Ưng"]
    assert sorted(set(names), key=lambda name: sort_key(name).encode()) == names
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(set(tones), key=lambda name: sort_key(name).encode()) == tones


def test_money_and_time_are_written_as_vietnam_writes_them() -> None:
    assert format_dong(1234567) == "1.234.567 đồng"
    assert iso(NOW) == "2026-11-23T01:30:00+07:00"
    assert business_date(NOW).isoformat() == "2026-11-23"
    with pytest.raises(ValueError, match="naive"):
        local(datetime(2026, 1, 1))  # noqa: DTZ001


@given(st.binary(max_size=200))
def test_what_is_sealed_opens_only_for_its_purpose(data: bytes) -> None:
    sealed = seal_bytes(data, "a")
    assert open_bytes(sealed, "a") == data
    for wrong in ((sealed, "b"), (sealed[:-1] + bytes([sealed[-1] ^ 1]), "a"), (b"", "a")):
        with pytest.raises(WrongKey):
            open_bytes(*wrong)


def test_what_is_sealed_for_one_place_does_not_open_in_another() -> None:
    sealed = seal_bytes(b"x", "field", "identity_party.number")
    assert open_bytes(sealed, "field", "identity_party.number") == b"x"
    with pytest.raises(WrongKey, match=r"identity_party\.phone"):
        open_bytes(sealed, "field", "identity_party.phone")


def test_a_version_this_program_does_not_know_is_named_to_operators() -> None:
    sealed = seal_bytes(b"x", "a")
    assert sealed[0] == 1
    with pytest.raises(WrongKey, match="phiên bản 02"):
        open_bytes(b"\x02" + sealed[1:], "a")


def test_a_look_up_depends_on_value_and_purpose() -> None:
    assert lookup("099", "a") == lookup("099", "a")
    assert len({lookup("099", "a"), lookup("098", "a"), lookup("099", "b")}) == 3


def test_safe_production_settings_start() -> None:
    settings = load(SAFE)
    assert settings.mode is Mode.PRODUCTION
    assert settings.secure


@pytest.mark.parametrize(
    "change, word",
    [
        ({"TINHSO_BASE_URL": "http://x"}, "https"),
        ({"TINHSO_BASE_URL": ""}, "https"),
        ({"TINHSO_SECRET_KEY": ""}, "SECRET_KEY"),
        ({"TINHSO_SECRET_KEY": "short"}, "quá ngắn"),
        ({"TINHSO_INSTALLATION_KEY": "abc"}, "32 byte"),
        ({"TINHSO_CLOCK": "2026-01-01T00:00:00+07:00"}, "CLOCK"),
        ({"TINHSO_MAIL_URL": "file:///tmp/thu"}, "MAIL"),
        ({"TINHSO_METRICS_TOKEN": ""}, "METRICS"),
        ({"TINHSO_PROVINCE": ""}, "PROVINCE"),
        ({"TINHSO_HOTLINE": "1900 0000"}, "HOTLINE"),
        ({"TINHSO_MAIL_FROM": "tinh@tinhso.example"}, "MAIL_FROM"),
        ({"TINHSO_BANK_ACCOUNT": ""}, "BANK_ACCOUNT"),
        ({"TINHSO_BANK_ACCOUNT": "0000000000"}, "BANK_ACCOUNT"),
        ({"TINHSO_TRIAL_BANK_URL": "http://127.0.0.1:1/ngan-hang"}, "TRIAL_BANK_URL"),
        ({"TINHSO_BANK_BIN": "none"}, "đi cùng nhau"),
        ({"TINHSO_BANK_BIN": "VCB"}, "6 chữ số"),
        ({"TINHSO_GATEWAY_URL": "http://cong", "TINHSO_GATEWAY_PARTNER": "BINHAN"}, "GATEWAY_URL"),
        ({"TINHSO_GATEWAY_URL": "https://cong"}, "GATEWAY_PARTNER"),
    ],
)
def test_unsafe_production_settings_refuse_to_start(change: dict[str, str], word: str) -> None:
    with pytest.raises(UnsafeSettings, match=word):
        load(SAFE | change)


def test_no_bank_transfer_is_said_in_so_many_words() -> None:
    settings = load(SAFE | {"TINHSO_BANK_BIN": "none", "TINHSO_BANK_ACCOUNT": "none"})
    assert (settings.bank_bin, settings.bank_account) == ("", "")


ALIKE = {"listen_host", "listen_port", "upload_limit", "workers", "trust_proxy", "officer_idle_minutes"}
"""Settings that say nothing of the province: one value is good for a demo and for production."""


def test_nothing_that_the_demo_made_up_survives_in_production(tmp_path: Path) -> None:
    home = {"TINHSO_HOME": str(tmp_path)}
    demo, real = load({"TINHSO_MODE": "demo"} | home), load(SAFE | home)
    names = {field.name for field in fields(Settings)} - {"home", "blobs"}
    alike = {name for name in names if getattr(demo, name) == getattr(real, name) and getattr(demo, name)}
    assert alike <= ALIKE


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(UnsafeSettings) as refused:
        load({"TINHSO_MODE": "production"})
    assert len(str(refused.value).splitlines()) >= 5


def test_a_secret_may_lie_in_a_file_and_demo_secrets_are_private(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 40 + "\n", encoding="utf-8")
    kept = load(SAFE | {"TINHSO_SECRET_KEY": "", "TINHSO_SECRET_KEY_FILE": str(tmp_path / "key")})
    assert kept.secret_key == "k" * 40
    demo = {"TINHSO_MODE": "demo", "TINHSO_HOME": str(tmp_path / "home")}
    assert load(demo).installation_key == load(demo).installation_key
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "home" / "secrets").iterdir()} == {0o600}
