"""Note that an officer saw the draft of a result."""

from collections.abc import Iterable

from tinhso.core.context import Context
from tinhso.systems.onestop.models import DraftSeen, Result


def see_drafts(ctx: Context, results: Iterable[Result]) -> None:
    """The acting officer has the current drafts of these results on the screen. Seen twice is seen once."""
    files = [result.draft_id for result in results if result.draft_id and result.state == Result.State.DRAFT]
    rows = [DraftSeen(file_id=file, account_id=ctx.actor, seen_at=ctx.now) for file in files]
    DraftSeen.objects.bulk_create(rows, ignore_conflicts=True)


def unseen(account_id: int, keys: Iterable[str], results: Iterable[Result]) -> tuple[str, ...]:
    """Which of the results `keys` have no draft that this officer saw."""
    drafts = {result.key: result.draft_id for result in results if result.draft_id}
    seen = DraftSeen.objects.filter(account_id=account_id, file__in=drafts.values()).values_list("file_id", flat=True)
    known = set(seen) if drafts else set()
    return tuple(key for key in keys if drafts.get(key) not in known)
