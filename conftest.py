"""The tests' environment: a mode, a home and databases of their own; every connection is the application's role."""

import getpass
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_given = os.environ.get("TINHSO_HOME") if os.environ.get("TINHSO_MODE") == "test" else None
_HOME = Path(_given or Path(tempfile.gettempdir()) / f"tinhso-test-{getpass.getuser()}")

os.environ["TINHSO_MODE"] = "test"
os.environ["TINHSO_HOME"] = str(_HOME)
# A sweep of files knows one database: each worker, which has its own, keeps its files in a folder of its own.
os.environ["TINHSO_BLOBS"] = str(_HOME / "blobs" / os.environ.get("PYTEST_XDIST_WORKER", "alone"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.core.django_settings")
if not os.environ.get("DATABASE_URL"):
    from tinhso.core.database import embedded

    embedded.ensure(os.environ)

import django  # noqa: E402
import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

django.setup()

# No test is a timed one: a busy machine makes examples slow, not wrong.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

from tinhso.core.context import Context  # noqa: E402

SRC = Path(__file__).parent / "src" / "tinhso"


def _template() -> str:
    from tinhso.core.database.testing import get_template
    from tinhso.demo.seed import seed_for_tests

    read = [*SRC.glob("demo/**/*.*"), *SRC.glob("systems/services/releases/*.yaml"), *SRC.glob("**/calendars/data/*")]
    code = [*SRC.glob("foundation/*/actions/*.py"), *SRC.glob("foundation/cases/*.py")]
    return get_template(
        seed_for_tests, reads=sorted(path for path in [*read, *code] if "__pycache__" not in path.parts)
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """One copy of the template for this worker's tests, each of which is rolled back."""
    from tinhso.core.database.testing import fresh_database as copy

    with django_db_blocker.unblock(), copy(_template()):
        yield


@pytest.fixture
def fresh_database(django_db_blocker: Any) -> Iterator[str]:
    """A private copy of the template for a test that commits, races or starts processes. Yields its name."""
    from tinhso.core.database.testing import fresh_database as copy

    with django_db_blocker.unblock(), copy(_template()) as name:
        yield name


@pytest.fixture
def ctx() -> Context:
    """A stranger's circumstances on a working Monday morning."""
    from datetime import datetime

    from tinhso.core.time import VN_ZONE

    return Context(now=datetime(2026, 11, 23, 9, 0, tzinfo=VN_ZONE), request_id="test")
