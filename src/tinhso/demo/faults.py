"""What must hold of the demo province before anything is loaded from it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from tinhso.demo.agencies import KINDS
from tinhso.demo.offers import Need
from tinhso.demo.people import Business, Citizen, personal_number_fits, tax_code_is_whole

if TYPE_CHECKING:
    from tinhso.demo.province import Province

CODE_LENGTHS = {"province": 2, "district": 3, "commune": 5}
AGENCY_CODE = re.compile(r"[A-Z]\d{2}(\.[0-9A-Z]+)*")
OLD_AGENCY_CODE = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}")
USERNAME = re.compile(r"[a-z0-9]+(\.[a-z0-9]+){1,2}")
LONGEST_AGENCY_CODE = 35


def find_faults(province: "Province") -> list[str]:
    """Every broken promise of the data, in words; empty when it is whole."""
    return list(
        chain(
            _faults_of_units(province),
            _faults_of_agencies(province),
            _faults_of_posts(province),
            _faults_of_offers(province),
            _faults_of_people(province),
            _faults_of_hours(province),
        )
    )


def _repeated(what: str, values: Iterable[str]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{what} {value} occurs {count} times"


def _faults_of_units(province: "Province") -> Iterator[str]:
    units = province.units
    every = (*units.current, *units.closed)
    yield from _repeated("unit", (unit.key for unit in every))
    for unit in every:
        if len(unit.code) != CODE_LENGTHS[unit.level] or not unit.code.isdecimal():
            yield f"unit {unit.key}: {unit.level} codes have {CODE_LENGTHS[unit.level]} digits"
        if not unicodedata.is_normalized("NFC", unit.name):
            yield f"unit {unit.key}: its name is not in NFC"
        if unit.parent_key is not None and unit.parent_key not in units.by_key:
            yield f"unit {unit.key}: its parent {unit.parent_key} is unknown"
    for unit in units.closed:
        if not units.successors.get(unit.key):
            yield f"unit {unit.key} ended without a successor"
    current = {unit.key for unit in units.current}
    for link in units.successions:
        if link.new_key not in current:
            yield f"unit {link.old_key}: its successor {link.new_key} does not exist today"
    areas = (commune for area in province.areas for commune in area.communes)
    yield from _repeated("commune in areas", areas)


def _faults_of_agencies(province: "Province") -> Iterator[str]:
    agencies, by_key = province.agencies, province.agency_by_key
    yield from _repeated("agency", (agency.key for agency in agencies))
    yield from _repeated("agency identifier", (agency.code for agency in agencies))
    yield from _repeated("old agency identifier", (agency.old_code for agency in agencies))
    for agency in agencies:
        if agency.kind not in KINDS:
            yield f"agency {agency.key}: no such kind {agency.kind}"
        if len(agency.code) > LONGEST_AGENCY_CODE or not AGENCY_CODE.fullmatch(agency.code):
            yield f"agency {agency.key}: {agency.code} is not an agency identifier"
        if not OLD_AGENCY_CODE.fullmatch(agency.old_code):
            yield f"agency {agency.key}: {agency.old_code} is not an old agency identifier"
        if agency.line is not None and agency.line not in province.lines:
            yield f"agency {agency.key}: no such line {agency.line}"
        parent = by_key.get(agency.parent_key) if agency.parent_key else None
        if agency.parent_key and parent is None:
            yield f"agency {agency.key}: its parent {agency.parent_key} is unknown"
        if agency.line and parent is not None and parent.line != agency.line:
            yield f"agency {agency.key}: its parent is of another line"
        if agency.to_date is not None and not agency.successors:
            yield f"agency {agency.key} ended without a successor"
        for key in agency.successors:
            if key not in by_key or by_key[key].to_date is not None:
                yield f"agency {agency.key}: its successor {key} does not exist today"


def _faults_of_posts(province: "Province") -> Iterator[str]:
    yield from _repeated("post", (post.key for post in province.posts))
    yield from _repeated("account", (officer.username for officer in province.officers))
    for officer in province.officers:
        if not USERNAME.fullmatch(officer.username):
            yield f"account {officer.username} is not short lower-case ASCII"
    for post in province.posts:
        for sector in post.sectors:
            if sector not in province.sectors:
                yield f"post {post.key}: no such sector {sector}"
    for agency in province.agencies:
        if agency.to_date is None:
            roles = {post.role for post in province.posts_of_agency.get(agency.key, ())}
            if not roles:
                yield f"agency {agency.key} has no posts"
            if agency.kind in ("commune_centre", "province_centre") and "counter" not in roles:
                yield f"centre {agency.key} has no counter"


def _faults_of_offers(province: "Province") -> Iterator[str]:
    yield from _repeated("offer", (offer.procedure for offer in province.offers))
    open_kinds = {agency.kind for agency in province.agencies if agency.to_date is None}
    for offer in province.offers:
        for kind in (*offer.received_by, *offer.decided_by):
            if kind not in open_kinds:
                yield f"procedure {offer.procedure}: no agency of kind {kind}"
        if not set(offer.decided_by) <= {need.kind for need in offer.needs}:
            yield f"procedure {offer.procedure}: a kind that decides it names no posts"
        for need in offer.needs:
            yield from _unfilled(province, offer.procedure, need, offer.agencies)
    procedures = {offer.procedure for offer in province.offers}
    for entry in province.not_offered:
        known = entry.commune_key in province.units.by_key and entry.instead in province.agency_by_key
        if entry.procedure not in procedures or not known:
            yield f"not offered: {entry.procedure} at {entry.commune_key} names something unknown"


def _unfilled(province: "Province", procedure: str, need: Need, named: tuple[str, ...]) -> Iterator[str]:
    of_kind = [a for a in province.agencies if a.kind == need.kind and a.to_date is None]
    narrowed = [agency for agency in of_kind if agency.key in named]
    for agency in narrowed or of_kind:
        posts = province.posts_of_agency.get(agency.key, ())
        for role in need.roles:
            by_sector = role in ("specialist", "operator")
            if not any(post.role == role and (not by_sector or need.sector in post.sectors) for post in posts):
                yield f"procedure {procedure}: {agency.key} has no {role} for {need.sector}"


def _faults_of_people(province: "Province") -> Iterator[str]:
    prefix = {entry.code_list: entry.code for entry in province.code_entries if entry.demo}
    citizens = {citizen.key: citizen for citizen in province.citizens}
    communes = {unit.key for unit in province.units.communes}
    yield from _repeated("citizen", (citizen.key for citizen in province.citizens))
    yield from _repeated("personal number", (citizen.personal_number for citizen in province.citizens))
    yield from _repeated("tax code", (business.tax_code for business in province.businesses))
    for citizen in province.citizens:
        number = citizen.personal_number
        if not number.startswith(prefix["personal_number_prefix"]):
            yield f"citizen {citizen.key}: the personal number is outside the demo's range"
        if not personal_number_fits(number, citizen.sex, citizen.born):
            yield f"citizen {citizen.key}: the personal number does not fit sex and birth"
        if citizen.spouse is not None and citizens[citizen.spouse].spouse != citizen.key:
            yield f"citizen {citizen.key}: the spouse is married to another"
    for business in province.businesses:
        owner = citizens.get(business.representative)
        if owner is None:
            yield f"business {business.key}: its representative is unknown"
        elif business.kind == "household_business":
            if business.tax_code != owner.personal_number:
                yield f"business {business.key}: a household's tax code is its representative's number"
        elif not (business.tax_code.startswith(prefix["tax_code_prefix"]) and tax_code_is_whole(business.tax_code)):
            yield f"business {business.key}: the tax code is outside the demo's range or has a wrong check digit"
    parties: list[Citizen | Business] = [*province.citizens, *province.businesses]
    yield from _repeated("telephone", (party.phone for party in parties))
    for one in parties:
        if one.commune_key not in communes:
            yield f"{one.key}: no such commune {one.commune_key}"
        if not one.phone.startswith(prefix["telephone_prefix"]) or len(one.phone) != 10:
            yield f"{one.key}: the telephone number is outside the demo's range"
        if one.email and not one.email.endswith(".example"):
            yield f"{one.key}: the mail address could be real"


def _faults_of_hours(province: "Province") -> Iterator[str]:
    if sum(hours.default for hours in province.hours) != 1:
        yield "there must be exactly one default calendar"
    for hours in province.hours:
        for session in hours.weekly:
            if session.start >= session.end or not 1 <= session.weekday <= 7:
                yield f"calendar {hours.slug}: a session on day {session.weekday} is not a span of time"
