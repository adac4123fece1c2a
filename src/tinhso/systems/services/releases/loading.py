"""Reads the releases that ship with the product: YAML files with shared parts, expanded into whole documents.

`{use: NAME}` stands for the part NAME of parts.yaml; other keys beside it replace the part's own. A part that is a
list is spliced into the list it stands in. What is published and hashed is the expanded document: files and parts
are only how an author writes it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tinhso.core.errors import NotFound
from tinhso.foundation.cases.release import Release
from tinhso.foundation.cases.release_reading import parse_release
from tinhso.foundation.forms.rules.facts import Facts
from tinhso.foundation.forms.rules.filling import prefill, visible_answers

FOLDER = Path(__file__).parent
FEE_TABLE = "fees-phu-tho.yaml"
Document = dict[str, Any]
_FIELDS = ("full_name", "birth_date", "sex", "personal_number", "phone", "email", "residence")


def release_codes() -> tuple[str, ...]:
    """Codes of the procedures that ship, in order."""
    return tuple(sorted(path.name.split("_")[0] for path in FOLDER.glob("[0-9].[0-9]*_*.yaml")))


def release_document_of(code: str) -> Document:
    """The expanded document of a procedure. Raises NotFound."""
    paths = list(FOLDER.glob(f"{code}_*.yaml"))
    if len(paths) != 1:
        raise NotFound(f"Chưa có bộ khai báo cho thủ tục {code}.")
    document: Document = _expand(_read(paths[0]), _parts())
    return document


def load_release(code: str) -> Release:
    """The parsed release of a procedure. Raises NotFound, Invalid."""
    return parse_release(release_document_of(code))


def result_template(name: str) -> Path:
    """The file of a result's template. Raises NotFound."""
    path = FOLDER / "results" / name
    if not path.is_file():
        raise NotFound(f"Chưa có mẫu in {name}.")
    return path


@dataclass(frozen=True)
class FeeRow:
    """One fee the provincial People's Council set, in đồng; `valid_to` is the first day it no longer holds."""

    key: str
    name: str
    amount: int
    basis: str
    mark: str
    valid_from: date
    valid_to: date | None


def fee_rows() -> tuple[FeeRow, ...]:
    """The province's dated table of council-set fees."""
    return tuple(FeeRow(**{"valid_to": None, **row}) for row in _read(FOLDER / FEE_TABLE)["rows"])


@dataclass(frozen=True)
class Sample:
    """A dossier somebody could file: who files it, by which channel, with which answers; `case` is what it must
    turn out to be."""

    procedure: str
    key: str
    applicant: str
    channel: str
    case: str
    answers: Document


def load_samples(code: str, today: date, citizen: Callable[[str, str], Any]) -> tuple[Sample, ...]:
    """The samples of a procedure. `citizen(key, field)` gives a demo person's full_name, birth_date (ISO), sex (nam,
    nu), personal_number, phone, email (maybe empty) or residence; `{days_ago: n}` counts from `today`. The
    requester's own answers are what the form prefills from the applicant's account."""
    form, facts = load_release(code).form, Facts(today)

    def known(who: str) -> Document:
        return prefill(form, {f"applicant.{field}": citizen(who, field) for field in _FIELDS}, facts)

    return tuple(
        Sample(
            procedure=code,
            key=row["key"],
            applicant=row["applicant"],
            channel=row["channel"],
            case=row["case"],
            answers=visible_answers(form, {**known(row["applicant"]), **_answers(row["answers"], today, citizen)}),
        )
        for row in _read(FOLDER / "samples" / f"{code}.yaml")["samples"]
    )


def _answers(declared: Mapping[str, Any], today: date, citizen: Callable[[str, str], Any]) -> Document:
    return {key: _resolved(value, today, citizen) for key, value in declared.items() if value is not None}


def _resolved(value: Any, today: date, citizen: Callable[[str, str], Any]) -> Any:
    match value:
        case {"citizen": str(key), "field": str(field)}:
            return citizen(key, field)
        case {"days_ago": int(days)}:
            return (today - timedelta(days=days)).isoformat()
        case Mapping():
            return {key: _resolved(part, today, citizen) for key, part in value.items()}
        case list():
            return [_resolved(part, today, citizen) for part in value]
        case date():
            return value.isoformat()
    return value


def _expand(value: Any, parts: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        whole: list[Any] = []
        for item in value:
            expanded = _expand(item, parts)
            spliced = isinstance(item, dict) and "use" in item and isinstance(expanded, list)
            whole += expanded if spliced else [expanded]
        return whole
    if not isinstance(value, dict):
        return value
    rest = {key: _expand(part, parts) for key, part in value.items() if key != "use"}
    if "use" not in value:
        return rest
    part = _expand(parts[value["use"]], parts)
    return part if isinstance(part, list) else {**part, **rest}


@cache
def _parts() -> Document:
    return _read(FOLDER / "parts.yaml")


def _read(path: Path) -> Document:
    document: Document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document
