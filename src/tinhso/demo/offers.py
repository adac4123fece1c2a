"""Which procedures the demo's agencies offer, and the exceptions."""

from dataclasses import dataclass
from typing import Any

from tinhso.demo.agencies import AgencyKind
from tinhso.demo.officers import Role
from tinhso.demo.reading import Mark, read_yaml


@dataclass(frozen=True, slots=True)
class Need:
    """Roles that must be filled at every agency of a kind for the procedure to run there."""

    kind: AgencyKind
    roles: tuple[Role, ...]
    sector: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure with the kinds of agency that receive and decide it; `agencies` narrows a kind to those named."""

    procedure: str
    name: str
    sector: str
    received_by: tuple[AgencyKind, ...]
    decided_by: tuple[AgencyKind, ...]
    agencies: tuple[str, ...]
    needs: tuple[Need, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class NotOffered:
    """A commune whose own committee does not decide a procedure, and the agency that does instead."""

    procedure: str
    commune_key: str
    instead: str
    why: str
    mark: Mark


def load_offers() -> tuple[tuple[Offer, ...], tuple[NotOffered, ...]]:
    declared = read_yaml("offers.yaml")
    return (
        tuple(_offer(entry) for entry in declared["offers"]),
        tuple(
            NotOffered(entry["procedure"], entry["commune"], entry["instead"], entry["why"], entry["mark"])
            for entry in declared["not_offered"]
        ),
    )


def _offer(entry: dict[str, Any]) -> Offer:
    return Offer(
        procedure=entry["procedure"],
        name=entry["name"],
        sector=entry["sector"],
        received_by=tuple(entry["received_by"]),
        decided_by=tuple(entry["decided_by"]),
        agencies=tuple(entry.get("agencies", ())),
        needs=tuple(
            Need(need["kind"], tuple(need["roles"]), need.get("sector", entry["sector"])) for need in entry["needs"]
        ),
        mark=entry["mark"],
    )
