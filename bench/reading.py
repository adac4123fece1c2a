"""cases.inbox, cases.tracking: p95 under open-loop load as the number of dossiers grows."""

import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg.rows import dict_row

from bench.accepting import take_in
from bench.bulk import load_many
from bench.copying import Connection, Template, load_copies, read_template
from bench.figures import QUICK_RUNS, RUNS, Figure, Target, at_most, figure, in_turn, tidy
from bench.installation import Installation
from bench.load import Request, open_loop
from bench.profiling import split_request
from bench.sessions import Filled, Session, officers, sign_in_all
from tinhso.core.running.progress import phase

INBOX, TRACKING = "cases.inbox", "cases.tracking"
BOUNDS = {INBOX: 50.0, TRACKING: 30.0}
RATE = 50.0
BARE = "trang /health dưới cùng tải (ms p95)"
SIZES, QUICK_SIZES = (10_000, 1_000_000, 10_000_000), (10_000,)
INBOX_AIM = 10_000_000
"""Dossiers the inbox's target speaks of: at fewer its figure is shown, not judged."""
OPEN_A_POST = 40
"""Open dossiers in each measured inbox, the same at every size: more than one page of them."""

PROFILED = 43

Choice = TypeVar("Choice")


def measure(
    installation: Installation,
    counters: Sequence[Session],
    forms: Sequence[Filled],
    names: Sequence[str],
    quick: bool,
    data: dict[str, Any],
    where: dict[str, list[dict[str, Any]]],
) -> list[Figure]:
    """Each page at each size, and how much slower it is at the largest than at the smallest."""
    sizes = QUICK_SIZES if quick else SIZES
    specialists = _specialists(installation, counters)
    take_in(installation, forms, 2)
    figures: list[Figure] = []
    with _database(installation) as connection:
        running = [read_template(connection, code) for code in _newest(connection)]
        ended = [_withdrawn(template) for template in running]
        codes = load_copies(connection, running, OPEN_A_POST * len(running), 0).codes
        followed: list[str] = []
        pages: dict[str, Callable[[], Request]] = {
            INBOX: lambda: _chosen(specialists).get("/can-bo/", holds="Hộp việc"),
            TRACKING: lambda: Request("GET", _chosen(followed), {}, holds=b"ts-steps"),
        }
        for size in sizes:
            with phase(f"Nạp {size} hồ sơ"):
                if size == sizes[0]:
                    codes += load_copies(connection, ended, size - len(codes), len(codes)).codes
                else:
                    load_many(connection, _ids(connection, codes[-len(ended) :]), size - _count(connection))
                followed[:] = _slip_addresses(installation, _some_codes(connection))
            data[f"rows_at_{size}"] = _rows(connection)
            for name in names:
                with phase(f"Đo {name}, {size} hồ sơ"):
                    figures.append(_p95(installation, name, size, pages[name], quick))
        if not quick:
            for name in names:
                where[name] = split_request(installation, [pages[name]() for _ in range(PROFILED)])
    data |= {"cases": sizes[-1], "open_a_post": OPEN_A_POST, "rate": RATE}
    return figures + [_growth(name, figures) for name in names if len(sizes) > 1]


def _p95(installation: Installation, name: str, size: int, page: Callable[[], Request], quick: bool) -> Figure:
    count = int(RATE * (0.8 if quick else 6.0))

    def ours() -> float:
        return open_loop(installation.url, [page() for _ in range(count)], RATE).whole().p95

    def bare() -> float:
        return open_loop(installation.url, [Request("GET", "/health", {})] * (count // 2), RATE).whole().p95

    open_loop(installation.url, [page() for _ in range(16)], RATE).whole()
    values, beside = in_turn(ours, bare, QUICK_RUNS if quick else RUNS)
    target: Target = at_most(BOUNDS[name])
    judged = name != INBOX or size >= INBOX_AIM
    said = f"{name}.{size // 1000}k"
    return figure(said, values, "ms p95", target, yardstick=BARE, beside=beside, judged=judged)


def _growth(name: str, figures: Sequence[Figure]) -> Figure:
    smallest, *_between, largest = [found for found in figures if found.name.startswith(name)]
    target = at_most(1.3)
    times = tidy(largest.value / smallest.value)
    return Figure(
        name=f"{name}.growth",
        value=times,
        unit="lần",
        yardstick=f"{smallest.name} (ms p95)",
        yardstick_value=smallest.value,
        ratio=times,
        runs=largest.runs,
        target=str(target),
        met=target.met(times),
    )


def _specialists(installation: Installation, counters: Sequence[Session]) -> list[Session]:
    """The officers of civil status in the communes of these counters: their inboxes have the open dossiers."""
    places = {session.offer.username.partition(".")[2] for session in counters}
    found = officers(installation.url, "hộ tịch Ủy ban nhân dân xã")
    return sign_in_all(installation.url, [offer for offer in found if offer.username.partition(".")[2] in places])


def _slip_addresses(installation: Installation, codes: Sequence[str]) -> list[str]:
    """Where the slips of these dossiers lead: a code alone tells little, and not as often as is measured here."""
    told = (
        "import sys\n"
        "from tinhso.systems.onestop.following import tracking_address\n"
        "print(*(tracking_address(code.strip()) for code in sys.stdin), sep='\\n')"
    )
    asked = subprocess.run(
        [sys.executable, "-c", told],
        input="\n".join(codes),
        env=installation.environ,
        check=True,
        capture_output=True,
        text=True,
    )
    return [f"/{address.split('/', 3)[3]}" for address in asked.stdout.split()]


def _newest(connection: Connection) -> list[str]:
    """The code of the newest dossier of each deciding agency."""
    found = connection.execute(
        "SELECT DISTINCT ON (decided_by_id) code FROM cases_case ORDER BY decided_by_id, id DESC"
    )
    return [str(row["code"]) for row in found.fetchall()]


def _withdrawn(template: Template) -> Template:
    """The same dossier taken back by the applicant: its record, and no work on it."""
    case, last = template.rows["cases_case"][0], template.rows["cases_step_record"][-1]
    ended = {"act": "withdraw", "from_state": case["business"], "to_state": "stopped", "step": ""}
    changed: dict[str, list[dict[str, Any]]] = {
        "cases_case": [{**case, "business": "stopped", "version": case["version"] + 1}],
        "cases_step_record": [*template.rows["cases_step_record"], {**last, **ended}],
        "cases_task": [],
    }
    return Template({**template.rows, **changed}, template.private)


def _ids(connection: Connection, codes: Sequence[str]) -> list[int]:
    found = connection.execute("SELECT id FROM cases_case WHERE code = ANY(%s)", [list(codes)])
    return [int(row["id"]) for row in found.fetchall()]


def _count(connection: Connection) -> int:
    found = connection.execute("SELECT count(*) AS n FROM cases_case").fetchone()
    return int(found["n"]) if found else 0


def _some_codes(connection: Connection, count: int = 2000) -> list[str]:
    """Codes from all over the table."""
    found = connection.execute("SELECT min(id) AS first, max(id) AS last FROM cases_case").fetchone()
    first, last = (int(found["first"]), int(found["last"])) if found else (0, 0)
    wanted = [random.randint(first, last) for _ in range(2 * count)]  # noqa: S311
    rows = connection.execute("SELECT code FROM cases_case WHERE id = ANY(%s) LIMIT %s", [wanted, count])
    return [str(row["code"]) for row in rows.fetchall()]


def _rows(connection: Connection) -> dict[str, int]:
    found = connection.execute(
        "SELECT (SELECT count(*) FROM cases_case) AS cases, (SELECT count(*) FROM cases_task) AS tasks,"
        " (SELECT count(*) FROM cases_step_record) AS step_records, (SELECT count(*) FROM events_event) AS events"
    ).fetchone()
    return {name: int(number) for name, number in (found or {}).items()}


def _chosen(values: Sequence[Choice]) -> Choice:
    return values[random.randrange(len(values))]  # noqa: S311


@contextmanager
def _database(installation: Installation) -> Iterator[Connection]:
    """As the owner: only the owner may set where sequences go on after rows were copied in."""
    with psycopg.connect(installation.database_url("owner"), row_factory=dict_row) as connection:
        yield connection
