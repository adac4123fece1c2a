"""Reads the demo's data files. They are part of the program, so what is wrong in them is a programmer's error."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml

DATA = Path(__file__).parent / "data"

Mark = Literal["read", "secondary", "assumed"]
"""How sure a fact is: read in the text of the law, taken from a secondary source, or assumed."""


def read_csv(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file in the data folder, by column."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read_yaml(name: str) -> dict[str, Any]:
    """The content of a YAML file in the data folder."""
    # The C parser reads the same language several times faster; the wheel has it on every platform we support.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load((DATA / name).read_text("utf-8"), Loader=loader)  # noqa: S506
    return content


def read_date(value: str) -> date | None:
    """A date, or nothing where the column is empty."""
    return date.fromisoformat(value) if value else None
