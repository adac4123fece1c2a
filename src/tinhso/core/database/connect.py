"""Where the database is, for each of its three roles. Reads only: nothing is started here."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from tinhso.core.database import record
from tinhso.core.settings import default_home

VARIABLES = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ERASER_URL")
ROLE = "TINHSO_ROLE"
"""The variable by which a process says that it is the web's and works as `app` alone."""


@dataclass(frozen=True, slots=True)
class DatabaseUrls:
    """PostgreSQL URLs with passwords: `app` works, `owner` migrates, `eraser` deletes what the law says to."""

    app: str = field(repr=False)
    owner: str = field(repr=False)
    eraser: str = field(repr=False)

    @property
    def separate(self) -> bool:
        """Whether the application is kept from what only the owner may do."""
        return user_of(self.app) != user_of(self.owner)


def is_external(environ: Mapping[str, str]) -> bool:
    """Whether the environment names a server of its own, so that none is started here."""
    return any(_read(environ, name) for name in VARIABLES)


def get_urls(environ: Mapping[str, str]) -> DatabaseUrls:
    """The addresses from the environment (one of them serves for all), or those of the embedded database.

    Before the embedded database's first start nobody answers there yet.
    """
    app, owner, eraser = (_read(environ, name) for name in VARIABLES)
    if app or owner or eraser:
        return DatabaseUrls(app or owner or eraser, owner or app or eraser, eraser or owner or app)
    kept = record.read(default_home(environ))
    app, owner, eraser = (embedded_url(kept, role) for role in record.ROLES)
    return DatabaseUrls(app, owner, eraser)


def be_the_web(environ: MutableMapping[str, str]) -> None:
    """Make this process, and those it starts, know only the application's role: the web never makes tables."""
    environ[ROLE] = "web"
    if _read(environ, VARIABLES[0]):
        for name in VARIABLES[1:]:
            environ.pop(name, None)
            environ.pop(f"{name}_FILE", None)


def is_the_web(environ: Mapping[str, str]) -> bool:
    return environ.get(ROLE) == "web"


def embedded_url(kept: record.Record, role: str, database: str = record.DATABASE) -> str:
    password = quote(kept.passwords.get(role, ""), safe="")
    return f"postgresql://{role}:{password}@/{database}?host={quote(kept.socket, safe='')}"


def with_database(url: str, database: str) -> str:
    """The same server and person, another database."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}/{quote(database)}{query}"


def user_of(url: str) -> str:
    return unquote(urlsplit(url).username or "")


def database_of(url: str) -> str:
    return unquote(urlsplit(url).path.removeprefix("/"))


def django_database(url: str) -> dict[str, Any]:
    """The entry of Django's DATABASES for a URL; libpq options of its query become OPTIONS."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_of(url),
        "USER": user_of(url),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "OPTIONS": options,
    }


def _read(environ: Mapping[str, str], name: str) -> str:
    if path := environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return environ.get(name, "")
