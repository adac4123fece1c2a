"""Load the country-wide code lists that ship with the product."""

from pathlib import Path

import yaml
from django.db import transaction

from tinhso.foundation.agencies.models import CodeEntry

_DATA = Path(__file__).parent.parent / "data" / "code_lists.yaml"


@transaction.atomic
def load_code_lists() -> int:
    """Bring the shipped lists in; entries that are there already stay. Returns how many entries ship."""
    entries = [
        CodeEntry(
            list=shipped["list"],
            code=f"{shipped['lead']}{code.strip()}",
            name=name.strip(),
            valid_from=shipped["from"],
            basis=shipped["basis"],
            mark=shipped["mark"],
        )
        for shipped in yaml.safe_load(_DATA.read_text(encoding="utf-8"))["lists"]
        for code, _, name in (entry.partition("=") for entry in shipped["codes"].split(";"))
    ]
    CodeEntry.objects.bulk_create(entries, ignore_conflicts=True)
    return len(entries)
