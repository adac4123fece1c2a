"""Another unit's officer and another citizen at every address of a dossier: they learn nothing and change nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client

from tests.story import PDF, filed, sample, work_through
from tests.test_routes import signed_in
from tests.test_structure import routes
from tinhso.core.context import Context
from tinhso.foundation.agencies.models import Agency, Post
from tinhso.foundation.cases.models import Case, StepRecord
from tinhso.foundation.events.models import Event
from tinhso.foundation.files.actions.keep import keep
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.identity.models import Account
from tinhso.foundation.payments.models import Receipt
from tinhso.systems.onestop.models import Result, Slip
from tinhso.systems.onestop.views.deeds import BY_SLUG
from tinhso.systems.services.actions.begin_draft import begin_draft
from tinhso.systems.services.models import DraftPaper

pytestmark = pytest.mark.django_db

PROCEDURE = "1.004873"
NOT_OF_A_DOSSIER = re.compile("danh-muc-thu-tuc|^thu-tuc")
"""Where `code` is a procedure's."""

MONEY = re.compile("^/can-bo/thu-phi/")
"""Any counter of the province takes cash for any agency (Decree 118/2025/NĐ-CP art. 14, 20), so it sees what is due."""

OF_A_DOSSIER = {"code", "draft", "file", "slip", "result", "receipt"}
TURNED_AWAY = {403, 404, 405}
"""The last where an address knows no such verb, whoever asks."""


@dataclass(frozen=True, slots=True)
class Told:
    """One dossier carried to its end, a draft beside it, and everything of theirs that an address can name."""

    case: Case
    ids: dict[str, list[str]]

    def addresses(self, realm: str) -> Iterator[tuple[str, set[str]]]:
        """Every address of these things for people of a realm, with the kinds of things it names."""
        for route, view in routes():
            names = set(re.findall(r"<(?:\w+:)?(\w+)>", route))
            if view.permission == realm and names & OF_A_DOSSIER and not NOT_OF_A_DOSSIER.search(route):
                yield from ((address, names & OF_A_DOSSIER) for address in self._filled([f"/{route}"], sorted(names)))

    def _filled(self, addresses: list[str], names: list[str]) -> list[str]:
        for name in names:
            known = self.ids.get(name, ["1"])
            place = re.compile(rf"<(?:\w+:)?{name}>")
            addresses = [place.sub(value, address) for address in addresses for value in known]
        return addresses


@pytest.fixture
def told(ctx: Context) -> Told:
    case = filed(ctx, sample(PROCEDURE, "online"))
    later = work_through(ctx, case)
    owner = case.filed_by
    assert owner is not None
    draft = begin_draft(later, owner, PROCEDURE)
    paper = keep(later, PDF, name="giay.pdf", media_type="application/pdf", owner=("draft", draft.pk))
    DraftPaper.objects.create(draft=draft, key="giay", file=paper, added_at=later.now)
    mine = FileRef.objects.filter(owner_kind="case", owner_id=case.pk)
    receipts = Receipt.objects.filter(request__case_id=case.pk)
    return Told(
        case,
        {
            "code": [case.code],
            "draft": [str(draft.public_id)],
            "file": [str(paper.public_id), *(str(file.public_id) for file in mine)],
            "slip": [str(slip.public_id) for slip in Slip.objects.filter(case=case)],
            "result": [str(result.public_id) for result in Result.objects.filter(case=case)],
            "receipt": [str(receipt.public_id) for receipt in receipts],
            "slug": list(BY_SLUG),
        },
    )


def seen(case: Case) -> tuple[int, int, int]:
    """What would be more had anybody acted on the dossier or been shown it."""
    case.refresh_from_db()
    records = StepRecord.objects.filter(case_id=case.pk).count()
    return case.version, records, Event.objects.filter(case_id=case.pk).count()


def visited(told: Told, realm: str, client: Client, *, but: re.Pattern[str] | None = None) -> dict[str, int]:
    """The answers to looking and to sending, by address."""
    found = {}
    for address in (address for address, _kinds in told.addresses(realm) if not (but and but.match(address))):
        found[f"GET {address}"] = client.get(address).status_code
        found[f"POST {address}"] = client.post(address, {"_once": "k" * 32, "version": "1"}).status_code
    return found


def elsewhere(case: Case) -> list[Account]:
    """An officer of each role in a commune that has no part in the dossier."""
    parts = [agency for agency in (case.received_by, case.decided_by, case.returned_by) if agency]
    committees = Agency.objects.filter(kind="commune_committee", valid_to__isnull=True)
    other = committees.exclude(place__in=[agency.place for agency in parts]).order_by("pk")[0]
    posts = Post.objects.filter(agency__place=other.place)
    holders = Account.objects.filter(appointments__post__in=posts).distinct().order_by("pk")
    return [account for account in holders if not account.appointments.filter(post__agency__in=parts).exists()]


def test_an_officer_of_another_unit_is_turned_away_from_every_address_of_a_dossier(told: Told) -> None:
    before = seen(told.case)
    officers = elsewhere(told.case)
    roles = {officer: {held.post.role for held in officer.appointments.select_related("post")} for officer in officers}
    assert {"counter", "specialist", "leader", "clerk"} <= set().union(*roles.values())
    for officer, held in roles.items():
        at_counter = bool(held & {"counter", "head"})
        answers = visited(told, "officer", signed_in(officer), but=MONEY if at_counter else None)
        let_in = {address: status for address, status in answers.items() if status not in TURNED_AWAY}
        assert let_in == {}, officer.username
    assert seen(told.case) == before


def test_another_citizen_is_turned_away_from_every_address_of_a_dossier_and_of_a_draft(told: Told) -> None:
    before, owner = seen(told.case), told.case.filed_by
    assert owner is not None
    others = Account.objects.filter(realm="citizen").exclude(username=owner.username)
    answers = visited(told, "citizen", signed_in(others.exclude(party=told.case.applicant).order_by("pk")[0]))
    assert {address: status for address, status in answers.items() if status not in TURNED_AWAY} == {}
    assert seen(told.case) == before


@pytest.mark.parametrize("realm", ["citizen", "officer"])
def test_those_whose_it_is_are_let_in_by_the_same_addresses(told: Told, realm: str) -> None:
    """Else turning away would prove nothing: every kind of thing is opened by its owner at one address at least."""
    own = told.case.filed_by
    if realm == "officer":
        own = Account.objects.filter(
            appointments__post__agency=told.case.received_by, appointments__post__role="counter"
        )[0]
    client = signed_in(own)
    named, opened = set(), set()
    for address, kinds in told.addresses(realm):
        named |= kinds
        if client.get(address).status_code in (200, 302, 303):
            opened |= kinds
    assert opened == named >= {"code", "slip", "file"}
