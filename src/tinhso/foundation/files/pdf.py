"""What a PDF would do when it is opened, found by walking its objects. Speaks pyHanko.

Raw bytes tell nothing: a scan's compressed pixels may spell `/JS`, and a name may be written `/J#61vaScript` or lie in
an object stream. The reader undoes both. The walk is bounded in objects and time, and pyHanko bounds what it unpacks.
(The other room that speaks pyHanko, foundation/signing, comes later and may not be asked from here.)
"""

# mypy: disable-error-code="no-untyped-call"
# (much of pyHanko is untyped)

import logging
from io import BytesIO
from time import monotonic
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfDecodeLimitError
from pyhanko.pdf_utils.reader import PdfFileReader

MOST_OBJECTS = 100_000
"""Dictionaries and lists looked at; a scan of 500 pages has about 5,000 that are walked."""

MOST_SECONDS = 5.0

_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE"}
_ANNOTATIONS = {"/RichMedia", "/3D"}
_KEYS = {"/JS", "/EF", "/XFA"}
"""A script, an embedded file (wherever it hangs), a form that is a program."""

_UNWALKED = {"/Resources", "/DR", "/Contents", "/StructTreeRoot", "/Metadata", "/PieceInfo", "/Thumb"}
"""Pictures, fonts, page contents, tags: what no viewer runs, and most of a file."""

# pyHanko tells its log at length what is wrong with a broken file; the fault says it once.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


class _TooMuch(Exception):
    """The walk has passed its bounds."""


def find_fault(data: bytes) -> str:
    """Why a PDF is not taken: `broken_pdf`, `locked_pdf`, `active_pdf`, `tangled_pdf`; empty when it is. Never raises.

    Links, jumps within the file, form fields and signatures are no fault.
    """
    try:
        reader = PdfFileReader(BytesIO(data), strict=False)
        if "/Encrypt" in reader.trailer:
            return "locked_pdf"
        root = reader.root
        if not isinstance(_value(root, "/Pages"), generic.DictionaryObject):
            return "broken_pdf"
        return "active_pdf" if _acts(root) else ""
    except (_TooMuch, PdfDecodeLimitError):
        return "tangled_pdf"
    except Exception:  # a hostile file may break the parser anywhere
        return "broken_pdf"


def _acts(root: Any) -> bool:
    """Whether anything that a viewer follows from the catalog does something of its own."""
    until, looked_at = monotonic() + MOST_SECONDS, 0
    waiting: list[Any] = [root]
    seen: set[tuple[int, int]] = set()
    while waiting:
        looked_at += 1
        if looked_at > MOST_OBJECTS or monotonic() > until:
            raise _TooMuch
        found = waiting.pop()
        if isinstance(found, generic.IndirectObject):
            place = (found.idnum, found.generation)
            if place in seen:
                continue
            seen.add(place)
            found = found.get_object()
        if isinstance(found, generic.DictionaryObject):
            if _is_active(found):
                return True
            parts = [found.raw_get(key) for key in found if key not in _UNWALKED]
        elif isinstance(found, generic.ArrayObject):
            parts = [found.raw_get(at) for at in range(len(found))]
        else:
            continue
        waiting += [part for part in parts if isinstance(part, _CONTAINERS)]
    return False


_CONTAINERS = (generic.IndirectObject, generic.DictionaryObject, generic.ArrayObject)


def _is_active(found: Any) -> bool:
    return bool(
        any(key in found for key in _KEYS)
        or _value(found, "/S") in _ACTIONS
        or _value(found, "/Subtype") in _ANNOTATIONS
        or _value(found, "/Type") == "/EmbeddedFile"
    )


def _value(found: Any, key: str) -> Any:
    return found.raw_get(key).get_object() if key in found else None  # `get` would not follow a reference
