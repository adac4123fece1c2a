"""Keep a file and the reason to keep it."""

from datetime import date

from django.db import transaction

from tinhso.core.context import Context
from tinhso.core.ids import uuid7
from tinhso.core.privacy import Class
from tinhso.foundation.files import store
from tinhso.foundation.files.actions.hold import hold
from tinhso.foundation.files.models import Blob, FileRef


@transaction.atomic
def keep(
    ctx: Context,
    data: bytes,
    *,
    name: str,
    media_type: str,
    owner: tuple[str, int],
    privacy_class: Class = Class.PERSONAL,
    keep_until: date | None = None,
) -> FileRef:
    """Store `data` (once per content) and a reference to it named `name`, owned by (kind, id).

    The bytes are on disk before the row commits; a blob whose reference never commits is swept after a day, and none
    is swept while this transaction is open.
    """
    hold(store.name_of(data))
    digest = store.put(data)
    Blob.objects.bulk_create(
        [Blob(sha256=digest, size=len(data), media_type=media_type, stored_at=ctx.now)], ignore_conflicts=True
    )
    return FileRef.objects.create(
        public_id=uuid7(ctx.now),
        blob_id=digest,
        name=name,
        owner_kind=owner[0],
        owner_id=owner[1],
        privacy_class=privacy_class,
        keep_until=keep_until,
        created_by_id=ctx.account_id,
        created_at=ctx.now,
    )


def read(reference: FileRef) -> bytes:
    """The bytes of a reference."""
    return store.get(reference.blob_id)
