"""Addresses: from the environment, or from what the embedded database recorded."""

import subprocess
import sys
from pathlib import Path

from tinhso.core.database.connect import (
    DatabaseUrls,
    be_the_web,
    database_of,
    django_database,
    get_urls,
    is_external,
    is_the_web,
    user_of,
    with_database,
)

APP = "postgresql://app:p%40ss@db.example:5433/tinh?sslmode=verify-full"
OWNER = "postgresql://owner@db.example/tinh"


def test_one_address_serves_for_all() -> None:
    urls = get_urls({"DATABASE_OWNER_URL": OWNER})
    assert (urls.app, urls.owner, urls.eraser) == (OWNER, OWNER, OWNER)
    assert not urls.separate


def test_the_eraser_is_the_owner_where_none_is_named() -> None:
    urls = get_urls({"DATABASE_URL": APP, "DATABASE_OWNER_URL": OWNER})
    assert (urls.app, urls.owner, urls.eraser) == (APP, OWNER, OWNER)
    assert urls.separate


def test_the_web_knows_only_the_role_it_works_as(tmp_path: Path) -> None:
    environ = {"DATABASE_URL": APP, "DATABASE_OWNER_URL": OWNER, "DATABASE_ERASER_URL_FILE": str(tmp_path / "none")}
    be_the_web(environ)
    assert get_urls(environ) == DatabaseUrls(APP, APP, APP)
    assert is_the_web(environ)


def test_the_web_has_no_way_to_the_owner_of_the_embedded_database_either() -> None:
    said = "import tinhso.core.wsgi; from django.conf import settings; print(*settings.DATABASES)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["default"]


def test_an_address_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text(f"{APP}\n", encoding="utf-8")
    environ = {"DATABASE_URL_FILE": str(tmp_path / "url")}
    assert is_external(environ)
    assert get_urls(environ).app == APP


def test_before_the_first_start_there_are_addresses_though_nobody_answers(tmp_path: Path) -> None:
    urls = get_urls({"TINHSO_HOME": str(tmp_path)})
    assert user_of(urls.app) == "tinhso_app"
    assert database_of(urls.owner) == "tinhso"
    assert list(tmp_path.iterdir()) == []


def test_django_gets_every_part_of_an_address() -> None:
    assert django_database(APP) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "tinh",
        "USER": "app",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full"},
    }


def test_a_socket_folder_is_the_host() -> None:
    entry = django_database("postgresql://a:b@/tinhso?host=%2Frun%2Ftinhso")
    assert (entry["HOST"], entry["PORT"], entry["OPTIONS"]) == ("/run/tinhso", "", {})


def test_another_database_keeps_the_rest_of_the_address() -> None:
    assert with_database(APP, "ban-sao") == APP.replace("/tinh?", "/ban-sao?")
