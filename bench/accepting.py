"""cases.accept: the counter's form, posted over several lines at once; the yardstick is pgbench."""

from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

from bench.figures import QUICK_RUNS, RUNS, Figure, at_least, figure, in_turn
from bench.installation import Installation
from bench.load import all_once, closed_loop
from bench.profiling import split_request
from bench.sessions import Filled, Session, filled, officers, sign_in_all
from bench.statements import capture, make_counter, pgbench, script_of
from tinhso.core.time import business_date, clock
from tinhso.demo.samples import citizen_fact
from tinhso.demo.scenario.answers import fill_answers
from tinhso.systems.services.releases.loading import Sample, load_samples

NAME, ONE_BOOK, SHARE = "cases.accept", "cases.accept.one_book", "cases.accept.share"
PROCEDURE, SAMPLE = "1.001193", "bi-bo-roi"
"""A birth: the day's commonest dossier, free of charge, decided by the commune that received it."""

LINES = 8
AGENCIES = 50
SAME = "pgbench: đúng các câu lệnh của một lần tiếp nhận"
PROFILED = 63


def counters(installation: Installation, count: int) -> list[Session]:
    """Receiving officers of as many communes."""
    found = officers(installation.url, "tiếp nhận và trả kết quả Trung tâm Phục vụ hành chính công xã")
    return sign_in_all(installation.url, found[:count])


def receiving(session: Session) -> Filled:
    """The counter's form filled in with the sample, as it is when the officer presses “Tiếp nhận”."""
    sample, browser = _sample(), session.browser
    browser.open(f"/can-bo/tiep-nhan/{PROCEDURE}")
    form = browser.form(field="find_number")
    form.fill("find_number", citizen_fact(sample.applicant, "personal_number"))
    browser.submit(form)
    browser.follow(href=rf"^/can-bo/tiep-nhan/{PROCEDURE}/[0-9a-f-]+$")
    form = browser.form(field="channel")
    fill_answers(form, {**sample.answers, "noi_dang_ky": form.value("noi_dang_ky")})
    browser.page = browser.send(form, form.button("check"))
    form = browser.form(field="channel")
    for control in form.controls:
        if control.name.startswith("giay.") and control.name.endswith(".ban-chinh"):
            control.value = "1"
    return filled(session, form, "accept")


def measure(
    installation: Installation, forms: Sequence[Filled], quick: bool, where: dict[str, list[dict[str, Any]]]
) -> list[Figure]:
    """Over all agencies, as a share of what the database alone would do, and on one book (not when quick)."""
    make_counter(installation)
    statements = capture(installation, lambda: take_in(installation, forms[:1], 1))
    take_in(installation, forms, LINES)
    seconds = 0.7 if quick else 5.0

    def measured(name: str, chosen: Sequence[Filled], target: float, *, judged: bool) -> Figure:
        script = script_of(statements, books=len(chosen))
        order: Iterator[Filled] = cycle(chosen)

        def ours() -> float:
            return closed_loop(installation.url, lambda: next(order).request(), LINES, seconds).whole().per_second

        def same() -> float:
            return pgbench(installation, script, clients=LINES, seconds=1 if quick else 4)

        values, beside = in_turn(ours, same, QUICK_RUNS if quick else RUNS)
        return figure(name, values, "hồ sơ/giây", at_least(target), yardstick=SAME, beside=beside, judged=judged)

    every = measured(NAME, forms, 150, judged=len(forms) >= AGENCIES)
    figures = [every, _share(every, len(statements))]
    if not quick:
        figures.append(measured(ONE_BOOK, forms[:1], 100, judged=True))
        where[NAME] = split_request(installation, [forms[n % len(forms)].request() for n in range(PROFILED)])
    return figures


def take_in(installation: Installation, forms: Sequence[Filled], lines: int) -> None:
    """One dossier for each of `forms`."""
    all_once(installation.url, [form.request() for form in forms], lines).whole()


def _share(every: Figure, statements: int) -> Figure:
    target = at_least(0.1)
    return Figure(
        name=SHARE,
        value=every.ratio,
        unit=f"phần của pgbench ({statements} câu lệnh)",
        yardstick=SAME,
        yardstick_value=1.0,
        ratio=every.ratio,
        runs=every.runs,
        target=str(target),
        met=target.met(every.ratio),
    )


def _sample() -> Sample:
    samples = load_samples(PROCEDURE, business_date(clock()), citizen_fact)
    return next(sample for sample in samples if sample.key == SAMPLE)
