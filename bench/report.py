"""docs/performance.md out of the kept answers: `python -m bench report`."""

from pathlib import Path
from typing import Any

from bench.results import latest

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"

HEAD = """# Tốc độ

Trang này do `python -m bench report` viết từ `bench/results/*.json`; đừng sửa tay. Chạy lại bằng `script/bench [TÊN] [--quick] [--json]`.

Mỗi con số đứng cạnh một thước đo chạy xen kẽ với nó trong cùng lần chạy, là trung vị của ít nhất 5 lần (cột “lần” nói rõ), kèm tỷ lệ giữa hai bên.
Độ trễ đo dưới tải hở (50 yêu cầu mỗi giây, đến hạn là gửi, không chờ nhau), trên cùng máy với cơ sở dữ liệu và bộ phát tải.
✓ đạt mục tiêu, ✗ chưa đạt, – chưa phán xét vì chưa nạp đủ lượng dữ liệu mà mục tiêu nói tới.
"""  # noqa: E501  a paragraph of the page

MARKS = {True: "✓", False: "✗", None: "–"}


def write_report(results: list[dict[str, Any]] | None = None, page: Path = PAGE) -> Path:
    """Write the page anew from the latest answer of each bench; returns where it lies."""
    found = latest() if results is None else results
    page.write_text("\n".join([HEAD, *(_section(one) for one in found)]), encoding="utf-8")
    return page


def _section(one: dict[str, Any]) -> str:
    machine, versions = one["machine"], one["versions"]
    said = [
        f"## {one['bench']}",
        "",
        f"{one['on']}, bản {versions['tinhso']}{' (chạy nhanh)' if one['quick'] else ''}:"
        f" {machine['cores']} lõi {machine['cpu']}, {machine['memory_gb']} GB; {versions['postgres']};"
        f" Python {versions['python']}; {versions['openssl'].split(' (')[0]}. Dữ liệu: {_words(one['data'])}.",
        "",
        "| | con số | giá trị | đơn vị | mục tiêu | thước đo | giá trị thước đo | tỷ lệ | lần |",
        "|---|---|---:|---|---|---|---:|---:|---:|",
        *(_row(row) for row in one["figures"]),
        "",
    ]
    for name, parts in one["where"].items():
        said += [f"Thời gian của {name} đi đâu (cProfile, phần của tổng): {_parts(parts)}.", ""]
    return "\n".join(said)


def _row(row: dict[str, Any]) -> str:
    cells = [
        MARKS[row["met"]],
        f"`{row['name']}`",
        number(row["value"]),
        row["unit"],
        _target(row["target"]),
        row["yardstick"],
        number(row["yardstick_value"]),
        number(row["ratio"]),
        str(row["runs"]),
    ]
    return f"| {' | '.join(cells)} |"


def number(value: float) -> str:
    """As Vietnam writes it: 12 345,6."""
    whole, _, rest = f"{value:,.3f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", " ") + (f",{rest}" if rest else "")


def _target(text: str) -> str:
    return text.replace("at least", "từ").replace("at most", "không quá") or "không đặt"


def _parts(parts: list[dict[str, Any]]) -> str:
    return "; ".join(f"{part['part']} {number(part['share'] * 100)} %" for part in parts)


def _words(data: dict[str, Any]) -> str:
    return ", ".join(f"{name} {_value(value)}" for name, value in data.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return f"({_words(value)})"
    return number(value) if isinstance(value, int | float) else str(value)
