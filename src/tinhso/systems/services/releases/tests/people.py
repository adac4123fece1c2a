"""The demo's citizens as the samples name them, read as plain data: a system imports nothing of the demo."""

import csv
from pathlib import Path
from typing import Any

import tinhso

_CSV = Path(tinhso.__file__).parent / "demo" / "data" / "citizens.csv"
with _CSV.open(encoding="utf-8") as _file:
    _ROWS = {row["key"]: row for row in csv.DictReader(_file)}


def citizen(key: str, field: str) -> Any:
    row = _ROWS[key]
    return {
        "full_name": row["name"],
        "birth_date": row["born"],
        "sex": {"male": "nam", "female": "nu"}[row["sex"]],
        "personal_number": row["personal_number"],
        "phone": row["phone"],
        "email": row["email"],
        "commune": row["commune_code"],
        "residence": {"commune": row["commune_code"], "detail": row["detail"]},
    }[field]
