"""What a form's files turn out to be: the good ones, and a sentence for each that cannot be taken."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from tinhso.core.settings import current
from tinhso.foundation.files.rules import Accepted, Fault, inspect
from tinhso.foundation.files.words import say_fault

LONGEST_NAME = 120


def inspected(
    request: Any, fields: Iterable[str], *, needed: bool = True
) -> tuple[list[tuple[str, Accepted]], dict[str, str]]:
    """Files of `fields` that can be kept, by name, and faults by field. `needed`: that nothing came is a fault too."""
    limit = current().upload_limit
    names = list(fields)
    good: list[tuple[str, Accepted]] = []
    files = request.FILES  # reading them is what fills `oversized`
    faults = {name: say_fault(Fault("too_large"), limit=limit) for name in names if name in request.oversized}
    for name in names:
        for upload in files.getlist(name):
            found = inspect(upload.read())
            if isinstance(found, Fault):
                shown = str(upload.name)[:LONGEST_NAME]
                faults[name] = _("“%(name)s”: %(fault)s") % {"name": shown, "fault": say_fault(found, limit=limit)}
            else:
                good.append((_kept_name(str(upload.name), found), found))
    if needed and not good and not faults:
        faults[names[-1]] = _("Bạn chưa chọn ảnh hoặc tệp nào.")
    return good, faults


def tell_of_twins(request: Any, names: Iterable[str]) -> None:
    """Say of each file that was sent again that it is there already: nothing is dropped without a word."""
    for name in names:
        messages.info(request, _("“%(name)s” giống hệt một tệp đã có, nên không thêm lần nữa.") % {"name": name})


def _kept_name(name: str, found: Accepted) -> str:
    """The name under which it is kept: the person's own, with the ending of what it is now."""
    stem = name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1].rsplit(".", 1)[0].strip() or "tep"
    return f"{stem[:LONGEST_NAME]}.{found.extension}"
