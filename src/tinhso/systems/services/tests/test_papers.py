"""Papers of a draft: dropped with it, or left lying."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest

from tinhso.core.context import Context
from tinhso.core.ids import uuid7
from tinhso.foundation.cases.models import ProcedureRelease
from tinhso.foundation.files import store
from tinhso.foundation.files.actions.sweep import sweep
from tinhso.foundation.files.models import Blob, FileRef
from tinhso.foundation.files.rules import Accepted
from tinhso.foundation.identity.models import Account
from tinhso.systems.services.actions.papers import add_paper, drop_draft, release_papers
from tinhso.systems.services.models import Draft, DraftPaper

RELEASED = timedelta(days=31)
PAPER = "giay-chung-sinh"


def scan(number: int) -> Accepted:
    return Accepted(b"a scan that nobody else has %d" % number, "image/jpeg", "jpg")


@pytest.fixture
def owner(ctx: Context) -> Context:
    account = Account.objects.filter(realm="citizen", party__isnull=False).order_by("pk")[0]
    return replace(ctx, account_id=account.pk)


def draft_of(owner: Context) -> Draft:
    return Draft.objects.create(
        public_id=uuid7(owner.now),
        account_id=owner.actor,
        release=ProcedureRelease.objects.filter(procedure="1.001193").order_by("pk")[0],
        answers={},
        choices={},
        begun_at=owner.now,
        changed_at=owner.now,
    )


@pytest.mark.django_db
def test_a_dropped_draft_takes_its_files_off_the_disk(owner: Context) -> None:
    draft = draft_of(owner)
    row = add_paper(owner, draft, PAPER, "a.jpg", scan(1))
    assert row is not None
    path = store.path_of(row.file.blob_id)
    old = (owner.now - timedelta(days=1)).timestamp()
    os.utime(path, (old, old))
    sweep(owner.now + timedelta(days=2))
    assert path.exists()
    drop_draft(owner, draft, "1.001193")
    sweep(owner.now + timedelta(days=2))
    assert not path.exists()
    assert not Blob.objects.filter(pk=path.name).exists()


@pytest.mark.django_db
def test_papers_of_a_draft_left_lying_are_let_go_but_its_answers_stay(owner: Context) -> None:
    draft = draft_of(owner)
    add_paper(owner, draft, PAPER, "a.jpg", scan(2))
    assert release_papers(owner.now + timedelta(days=29)) == 0
    assert release_papers(owner.now + RELEASED) == 1
    assert not DraftPaper.objects.filter(draft=draft).exists()
    assert not FileRef.objects.filter(owner_kind="draft", owner_id=draft.pk).exists()
    assert Draft.objects.filter(pk=draft.pk).exists()
