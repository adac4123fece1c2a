"""What other systems and the set-up may call of the online services."""

from dataclasses import dataclass
from typing import Any

from tinhso.foundation.cases.release import Release
from tinhso.systems.services.releases import loading


@dataclass(frozen=True, slots=True)
class Shipped:
    """A release that ships with the product, with the Typst source of each result template it names."""

    release: Release
    templates: dict[str, str]


def shipped_releases() -> list[Shipped]:
    """The procedures configured ready to use."""
    return [_shipped(loading.load_release(code)) for code in loading.release_codes()]


def shipped_fee_rates() -> dict[str, Any]:
    """The provincial fee table in the shape that payments loads."""
    return {
        "rates": [
            {
                "key": row.key,
                "amount": row.amount,
                "basis": row.basis,
                "mark": row.mark,
                "valid_from": row.valid_from.isoformat(),
                "valid_to": row.valid_to.isoformat() if row.valid_to else None,
            }
            for row in loading.fee_rows()
        ]
    }


def _shipped(release: Release) -> Shipped:
    names = {result.template for result in release.results if result.template}
    return Shipped(release, {name: loading.result_template(name).read_text(encoding="utf-8") for name in sorted(names)})
