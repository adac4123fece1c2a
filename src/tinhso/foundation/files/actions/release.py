"""Let go of files that were put ready and never used."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, ManyToOneRel, OuterRef, Q

from tinhso.foundation.files.models import FileRef

UNUSED_FOR = timedelta(days=30)
"""How long a file waits to be filed: twice the 15 days that a supplement is waited for, so that none goes while
somebody may still send it. No text sets a time for what was never filed. Mark: assumed."""

_WAITING = Q(owner_kind__in=("draft", "desk")) | Q(owner_kind__startswith="supplement:")
_BATCH = 500


@transaction.atomic
def release(now: datetime) -> int:
    """Delete references that have waited longer than `UNUSED_FOR` and that no row points at; returns how many.

    Their bytes go with the sweep. At most 500 at a time.
    """
    waiting = FileRef.objects.filter(_WAITING, *_pointed_at_by_none(), created_at__lt=now - UNUSED_FOR)
    old = list(
        waiting.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:_BATCH].values_list("pk", flat=True)
    )
    FileRef.objects.filter(pk__in=old).delete()
    return len(old)


def _pointed_at_by_none() -> list[Q]:
    """Conditions that no row of a later room, whichever they are, refers to the file."""
    relations = [f for f in FileRef._meta.get_fields(include_hidden=True) if isinstance(f, ManyToOneRel)]
    return [
        Q(~Exists(relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})))
        for relation in relations
    ]
