"""Writes the demo province into the database. Run again, it changes nothing."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.ids import uuid7
from tinhso.core.text import fold, sort_key
from tinhso.core.time import VN_ZONE
from tinhso.demo.people import Business, Citizen
from tinhso.demo.province import Province, load_province
from tinhso.foundation.agencies import models as agencies
from tinhso.foundation.cases.models import NotOffered
from tinhso.foundation.identity.models import Account, Appointment, Party, Realm
from tinhso.foundation.identity.queries import number_key

OPENED = date(2025, 7, 1)
ALWAYS = date(1997, 1, 1)
"""From-date of what existed before anything this platform knows: the three old provinces date from 1997 or before."""

BATCH = 2000


@transaction.atomic
def seed_province(ctx: Context) -> bool:
    """Units, agencies, posts, accounts and applicants of the demo; returns whether anything was written."""
    if agencies.Place.objects.exists():
        return False
    province = load_province()
    places = _places(province)
    units = _agencies(province, places)
    _posts_and_officers(ctx, province, units)
    _people(ctx, province, places)
    _code_lists(province)
    _not_offered(province, units)
    return True


def _after(last_day: date | None) -> date | None:
    """The data name a last day, the tables the first day after."""
    return last_day + timedelta(days=1) if last_day else None


def _places(province: Province) -> dict[str, agencies.Place]:
    made: dict[str, agencies.Place] = {}
    everything = (*province.units.current, *province.units.closed)
    for level in ("province", "district", "commune"):
        rows = {
            unit.key: agencies.Place(
                code=unit.code,
                name=unit.name,
                kind=unit.kind.capitalize(),
                level=level,
                parent=made.get(unit.parent_key or ""),
                valid_from=unit.from_date or ALWAYS,
                valid_to=_after(unit.to_date),
                latitude=unit.lat,
                longitude=unit.lon,
                search_key=fold(unit.full_name),
                sort_key=sort_key(unit.name),
            )
            for unit in everything
            if unit.level == level
        }
        agencies.Place.objects.bulk_create(rows.values(), BATCH)
        made |= rows
    agencies.PlaceSuccession.objects.bulk_create(
        agencies.PlaceSuccession(
            predecessor=made[row.old_key],
            successor=made[row.new_key],
            effective=OPENED,
            partial=row.split,
            basis=province.units.basis[0].number,
        )
        for row in province.units.successions
    )
    return made


def _agencies(province: Province, places: dict[str, agencies.Place]) -> dict[str, agencies.Agency]:
    made: dict[str, agencies.Agency] = {}
    waiting = list(province.agencies)
    while waiting:
        ready = [row for row in waiting if row.parent_key is None or row.parent_key in made]
        rows = {
            row.key: agencies.Agency(
                key=row.key,
                kind=row.kind,
                level=row.level,
                name=row.name,
                short_name=row.short_name,
                parent=made.get(row.parent_key or ""),
                place=places[row.unit_key],
                line=row.line or "",
                valid_from=row.from_date or ALWAYS,
                valid_to=_after(row.to_date),
                search_key=fold(row.name),
                sort_key=sort_key(row.name),
            )
            for row in ready
        }
        agencies.Agency.objects.bulk_create(rows.values(), BATCH)
        made |= rows
        waiting = [row for row in waiting if row.key not in made]
    agencies.AgencyCode.objects.bulk_create(
        (
            agencies.AgencyCode(
                agency=made[row.key],
                scheme=scheme,
                code=code,
                valid_from=row.from_date or ALWAYS,
                valid_to=_after(row.to_date),
                invented=row.invented,
            )
            for row in province.agencies
            for scheme, code in (("qd20", row.code), ("qcvn102", row.old_code))
        ),
        BATCH,
    )
    agencies.AgencySuccession.objects.bulk_create(
        agencies.AgencySuccession(
            predecessor=made[row.key], successor=made[heir], effective=OPENED, basis=province.units.basis[0].number
        )
        for row in province.agencies
        for heir in row.successors
    )
    agencies.ServiceArea.objects.bulk_create(
        agencies.ServiceArea(agency=made[row.key], place=places[commune], valid_from=OPENED, mark=row.mark)
        for row in province.agencies
        if row.kind.endswith("_branch")
        for commune in row.serves
    )
    agencies.AgencyClosure.objects.bulk_create(_closure(made.values()), BATCH)
    return made


def _closure(rows: Iterable[agencies.Agency]) -> Iterable[agencies.AgencyClosure]:
    for row in rows:
        above, depth = row, 0
        while above is not None:
            yield agencies.AgencyClosure(ancestor=above, descendant=row, depth=depth)
            above, depth = above.parent, depth + 1  # type: ignore[assignment]


def _posts_and_officers(ctx: Context, province: Province, units: dict[str, agencies.Agency]) -> None:
    posts = {
        row.key: agencies.Post(
            key=row.key,
            agency=units[row.agency_key],
            role=row.role,
            title=row.title,
            sectors=list(row.sectors),
            valid_from=OPENED,
        )
        for row in province.posts
    }
    agencies.Post.objects.bulk_create(posts.values(), BATCH)
    accounts = {
        row.username: _account(ctx, Realm.OFFICER, row.username, row.name, row.email) for row in province.officers
    }
    Account.objects.bulk_create(accounts.values(), BATCH)
    Appointment.objects.bulk_create(
        (
            Appointment(account=accounts[row.username], post=posts[post], valid_from=OPENED)
            for row in province.officers
            for post in row.posts
        ),
        BATCH,
    )


def _people(ctx: Context, province: Province, places: dict[str, agencies.Place]) -> None:
    people: list[Citizen | Business] = [*province.citizens, *province.businesses]
    parties = {person.key: _party(ctx, person, places) for person in people}
    Party.objects.bulk_create(parties.values())
    Account.objects.bulk_create(
        _account(ctx, Realm.CITIZEN, person.key, person.name, person.email, parties[person.key]) for person in people
    )


def _party(ctx: Context, person: Citizen | Business, places: dict[str, agencies.Place]) -> Party:
    number = person.personal_number if isinstance(person, Citizen) else person.tax_code
    kinds = {"company": "business", "cooperative": "organisation", "household_business": "household_business"}
    kind = "citizen" if isinstance(person, Citizen) else kinds[person.kind]
    return Party(
        public_id=uuid7(ctx.now),
        kind=kind,
        name=person.name,
        search_key=fold(person.name),
        number=number,
        number_lookup=number_key(number, kind),
        birth_date=person.born if isinstance(person, Citizen) else None,
        sex=person.sex if isinstance(person, Citizen) else "",
        phone=person.phone,
        email=person.email,
        place=places[person.commune_key],
        address=person.detail,
        created_at=ctx.now,
    )


def _account(ctx: Context, realm: str, username: str, name: str, email: str, party: Party | None = None) -> Account:
    return Account(
        public_id=uuid7(ctx.now),
        realm=realm,
        username=username,
        full_name=name,
        email=email,
        party=party,
        assurance=2,
        password=make_password(None),
        created_at=ctx.now,
        sort_key=sort_key(name),
    )


def _code_lists(province: Province) -> None:
    agencies.CodeEntry.objects.bulk_create(
        agencies.CodeEntry(
            list=row.code_list,
            code=row.code,
            name=row.name,
            valid_from=row.from_date,
            valid_to=_after(row.to_date),
            demo=row.demo,
            basis=row.basis,
            mark=row.mark,
        )
        for row in province.code_entries
    )


def _not_offered(province: Province, units: dict[str, agencies.Agency]) -> None:
    for row in province.not_offered:
        committee = next(a for a in units.values() if a.kind == "commune_committee" and a.key.endswith(row.commune_key))
        NotOffered.objects.create(
            procedure=row.procedure,
            agency=committee,
            instead=units.get(row.instead),
            reason=row.why,
            valid_from=OPENED,
            mark=row.mark,
        )


def seed_for_tests() -> None:
    """The whole demo as of a fixed morning: what every test starts from."""
    from tinhso.demo.law import seed_law

    ctx = Context(now=datetime(2026, 11, 2, 8, 0, tzinfo=VN_ZONE), request_id="seed")
    seed_province(ctx)
    seed_law(ctx)
