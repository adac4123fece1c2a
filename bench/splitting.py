"""Where the time of a piece of work goes, by package: cProfile's own time, added up."""

import cProfile
import pstats
from collections.abc import Callable
from typing import Any

from bench.figures import tidy

SMALL = 0.01
"""Parts under one per cent are told together."""


def split(work: Callable[[], object], times: int = 1) -> list[dict[str, Any]]:
    """`[{"part", "share"}]`, largest first, shares of one. cProfile slows small functions down more than large ones:
    the shares tell where to look, not how long it takes."""
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(times):
        work()
    profile.disable()
    spent: dict[str, float] = {}
    for (file, _, function), row in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        part = part_of(file, function)
        spent[part] = spent.get(part, 0.0) + row[2]
    whole = sum(spent.values())
    shares = sorted(((part, seconds / whole) for part, seconds in spent.items()), key=lambda row: -row[1])
    small = sum(share for _, share in shares if share < SMALL)
    rows = [{"part": part, "share": tidy(share)} for part, share in shares if share >= SMALL]
    return [*rows, {"part": "phần còn lại", "share": tidy(small)}] if small else rows


def part_of(file: str, function: str) -> str:
    """The package that a profiled function belongs to; built-in functions by their module or type."""
    if file == "~":
        name = function.removeprefix("<built-in method ").removeprefix("<method ").rstrip(">")
        owner = name.split("'")[-2] if name.count("'") > 1 else name.rpartition(".")[0] or "builtins"
        return f"C: {owner.split(' ')[0]}"
    path = file.replace("\\", "/")
    if "/site-packages/" in path:
        return path.split("/site-packages/")[1].split("/")[0]
    if "/tinhso/" in path:
        return ".".join(["tinhso", *path.split("/tinhso/")[-1].split("/")[:2]]).removesuffix(".py")
    return "python"
