"""cases: dossiers accepted over HTTP beside pgbench doing the same statements; inbox and tracking as cases grow.

Every request is the one a browser sends: the counter's form (number, case, answers, papers, clock, task, events, slip
and letter in one transaction), the officer's inbox, the public tracking page.
"""

from typing import Any

from bench import accepting, reading
from bench.figures import Figure, Report
from bench.installation import installed
from bench.machine import machine, versions
from bench.registry import Wanted
from tinhso.core.running.progress import phase

COUNTERS, QUICK_COUNTERS = 50, 4


def run(wanted: Wanted) -> Report:
    figures: list[Figure] = []
    where: dict[str, list[dict[str, Any]]] = {}
    data: dict[str, Any] = {}
    with installed() as installation:
        with phase("Cán bộ đăng nhập, nhập hồ sơ mẫu"):
            counters = accepting.counters(installation, QUICK_COUNTERS if wanted.quick else COUNTERS)
            forms = [accepting.receiving(session) for session in counters]
        data |= {"agencies": len(forms), "procedure": accepting.PROCEDURE}
        if wanted.wants(accepting.NAME):
            with phase("Đo tiếp nhận"):
                figures += accepting.measure(installation, forms, wanted.quick, where)
        names = [name for name in (reading.INBOX, reading.TRACKING) if wanted.wants(name)]
        if names:
            figures += reading.measure(installation, counters, forms, names, wanted.quick, data, where)
    return Report("cases", machine(), versions(), data, figures, where)
