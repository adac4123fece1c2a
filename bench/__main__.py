"""`python -m bench [NAME] [--quick] [--json]`, and `python -m bench report`, which writes docs/performance.md."""

import argparse
import json
import sys
import traceback

from bench import registry, results
from bench.figures import Report
from tinhso.core.time import business_date, clock

RAN, MISSED, COULD_NOT_RUN = 0, 1, 2


def main(words: list[str] | None = None) -> int:
    """0 = ran, 1 = the name is not known, 2 = could not run. A missed target is told, and is no failure to run."""
    parser = argparse.ArgumentParser(prog="script/bench", description="Đo tốc độ bên cạnh thước đo.")
    parser.add_argument("name", nargs="?", help=f"{', '.join(registry.BENCHES)}, hoặc report; bỏ trống là tất cả")
    parser.add_argument("--quick", action="store_true", help="mỗi phép đo chỉ 50 giây trên máy rảnh, kể cả nạp dữ liệu")
    parser.add_argument("--json", action="store_true", help="in mỗi phép đo một dòng JSON")
    args = parser.parse_args(words)
    if args.name == "report":
        from bench.report import write_report

        print(write_report())
        return RAN
    try:
        wanted = [registry.bench_of(args.name)] if args.name else [(bench, "") for bench in registry.BENCHES]
    except KeyError:
        print(f"✗ Không có phép đo {args.name}. Có: {', '.join(registry.BENCHES)}.", file=sys.stderr)
        return MISSED
    status = RAN
    for bench, only in wanted:
        try:
            report = registry.run(bench, registry.Wanted(args.quick, only))
        except Exception:
            traceback.print_exc()
            status = COULD_NOT_RUN
            continue
        if not only:
            results.keep(report, business_date(clock()), args.quick)
        tell(report, args.json)
    return status


def tell(report: Report, as_json: bool) -> None:
    if as_json:
        print(json.dumps(report.document(), ensure_ascii=False), flush=True)
        return
    print(f"{report.bench}: {report.machine['cores']} lõi, {report.versions['postgres']}, {report.data}")
    for row in report.figures:
        mark = {True: "✓", False: "✗", None: " "}[row.met]
        print(
            f"  {mark} {row.name}: {row.value:g} {row.unit} (mục tiêu: {row.target or 'không đặt'}); "
            f"{row.yardstick}: {row.yardstick_value:g}; tỷ lệ {row.ratio:g}; {row.runs} lần"
        )


if __name__ == "__main__":
    sys.exit(main())
