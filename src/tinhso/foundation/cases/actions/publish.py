"""Publish a procedure's release from a date."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from tinhso.core.canonical import canonical, digest
from tinhso.core.context import Context
from tinhso.foundation.cases.events import ReleasePublished
from tinhso.foundation.cases.models import ProcedureRelease, ReleasePublication
from tinhso.foundation.cases.queries import find_release
from tinhso.foundation.cases.release import Release, release_document
from tinhso.foundation.events.actions.record import record


@transaction.atomic
def publish(ctx: Context, release: Release, effective: date, templates: Mapping[str, str]) -> ProcedureRelease:
    """Bring `release` into use from `effective`, with the source of every template it names.

    Document and templates are hashed together. Publishing what is in force already changes nothing.
    """
    document = release_document(release)
    content_hash = digest({"document": document, "templates": dict(templates)}).hex()
    row, _ = ProcedureRelease.objects.get_or_create(
        content_hash=content_hash,
        defaults={
            "procedure": release.code,
            "document": canonical(document).decode(),
            "templates": dict(templates),
            "created_at": ctx.now,
        },
    )
    if find_release(release.code, effective) == row:
        return row
    ReleasePublication.objects.create(
        release=row,
        procedure=release.code,
        effective=effective,
        decided_by_id=ctx.account_id,
        decided_at=ctx.now,
    )
    published = ReleasePublished(procedure=release.code, release=content_hash, effective=effective.isoformat())
    record(ctx, published, subject=("release", row.pk))
    return row
