"""Files that an officer scans or photographs: inspected, kept at once, named again when the form comes back."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tinhso.core.context import Context
from tinhso.core.settings import current
from tinhso.core.text import whole_number
from tinhso.foundation.cases.release import Paper
from tinhso.foundation.files.actions.keep import keep
from tinhso.foundation.files.models import FileRef
from tinhso.foundation.files.rules import Accepted, Fault, inspect
from tinhso.foundation.files.words import say_fault
from tinhso.systems.onestop.actions.file_dossier import PaperIn

OWNER = "desk"
MOST_COUNTED = 99


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of the paper list on the screen: counts as typed, files already kept, what is wrong."""

    paper: Paper
    originals: str
    copies: str
    files: list[FileRef]
    error: str

    @property
    def name(self) -> str:
        return f"giay.{self.paper.key}"

    @property
    def given(self) -> bool:
        return bool(self.files or _count(self.originals) or _count(self.copies))


def read_file(request: Any, name: str) -> tuple[Accepted | None, str, str]:
    """The one file of a field, inspected: (file, its name, why it is refused). All empty when none was chosen."""
    if name in getattr(request, "oversized", []):
        return None, "", say_fault(Fault("too_large"), limit=current().upload_limit)
    sent = request.FILES.get(name)
    if sent is None:
        return None, "", ""
    sent.seek(0)
    found = inspect(sent.read())
    if isinstance(found, Fault):
        return None, sent.name, f"{sent.name}: {say_fault(found, limit=current().upload_limit)}"
    return found, sent.name, ""


def read_papers(request: HttpRequest, ctx: Context, papers: tuple[Paper, ...]) -> list[PaperRow]:
    """The paper list as posted. Good files are kept at once under the officer, so that a refused form loses none."""
    return [_row(request, ctx, paper) for paper in papers]


def row_again(ctx: Context, paper: Paper, typed: Mapping[str, list[str]]) -> PaperRow:
    """The row of a form that comes back another way than by being sent: its counts as typed, the files kept then."""
    name = f"giay.{paper.key}"
    originals, copies = (typed.get(f"{name}.{part}", [""])[0] for part in ("ban-chinh", "ban-sao"))
    return PaperRow(paper, originals, copies, _kept(ctx, typed.get(f"{name}.da-tai", [])), "")


def papers_in(rows: list[PaperRow]) -> tuple[PaperIn, ...]:
    """What is filed: counts with the first file, each further file by itself."""
    found: list[PaperIn] = []
    for row in rows:
        if row.given:
            first = row.files[0] if row.files else None
            found.append(PaperIn(row.paper.key, first, _count(row.originals) or 0, _count(row.copies) or 0))
            found += [PaperIn(row.paper.key, file) for file in row.files[1:]]
    return tuple(found)


def digests(request: Any) -> dict[str, list[str]]:
    """The posted files by content, every one of a field in its order, for the request's fingerprint."""
    return {name: [_digest(sent) for sent in files] for name, files in request.FILES.lists()}


def _digest(sent: Any) -> str:
    sent.seek(0)
    digest = hashlib.sha256(sent.read()).hexdigest()
    sent.seek(0)
    return digest


def _row(request: HttpRequest, ctx: Context, paper: Paper) -> PaperRow:
    name = f"giay.{paper.key}"
    originals, copies = (request.POST.get(f"{name}.{part}", "").strip() for part in ("ban-chinh", "ban-sao"))
    error = (
        ""
        if None not in (_count(originals), _count(copies))
        else _("Số bản là số từ 0 đến %(most)s.") % {"most": MOST_COUNTED}
    )
    kept = _kept(ctx, request.POST.getlist(f"{name}.da-tai"))
    file, shown, fault = read_file(request, f"{name}.tep")
    if file:
        owner = (OWNER, ctx.actor)
        kept.append(
            keep(
                ctx,
                file.data,
                name=f"{shown.rsplit('.', 1)[0]}.{file.extension}",
                media_type=file.media_type,
                owner=owner,
            )
        )
    return PaperRow(paper, originals, copies, kept, fault or error)


def _kept(ctx: Context, identifiers: list[str]) -> list[FileRef]:
    """Files kept on an earlier showing of this form, if this officer kept them.

    Also those filed since: the same form sent twice must look the same. Filing them again is refused by `give`.
    """
    wanted = [value for value in identifiers if _is_uuid(value)]
    if not wanted:
        return []
    mine = Q(owner_kind=OWNER, owner_id=ctx.actor) | Q(owner_kind="case", created_by_id=ctx.actor)
    found = FileRef.objects.filter(mine, public_id__in=wanted)
    return list(found.select_related("blob").order_by("pk"))


def _count(text: str) -> int | None:
    if not text:
        return 0
    number = whole_number(text)
    return number if number is not None and number <= MOST_COUNTED else None


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
