"""Put something to be told beside the change that it tells of."""

from typing import Any

from tinhso.core.context import Context
from tinhso.core.ids import uuid7
from tinhso.foundation.outbox.models import Message


def tell(ctx: Context, carrier: str, payload: dict[str, Any], *, dedupe_key: str, case_id: int | None = None) -> None:
    """Tell `payload` through `carrier`, once per `dedupe_key`; a second telling under the same key changes nothing."""
    Message.objects.bulk_create(
        [
            Message(
                public_id=uuid7(ctx.now),
                carrier=carrier,
                dedupe_key=dedupe_key,
                case_id=case_id,
                payload=payload,
                next_try_at=ctx.now,
                created_at=ctx.now,
            )
        ],
        ignore_conflicts=True,
    )
